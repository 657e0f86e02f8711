"""Several nodes under load: browsers whom one node fails are served by another."""

import copy
from collections import Counter
from itertools import count
from threading import Event, Thread

from tests.support.servers import Visitor, fresh_key

WRITES, WRITERS, REQUESTS = 240, 6, 8


def visitor_of(node, name):
    visitor = Visitor(node.port)
    visitor.sign_in(f"{name}@baton.example")
    return visitor


def at(node, visitor):
    """Return the same browser, sent by the proxy to another node."""
    there = copy.deepcopy(visitor)
    there._port = node.port
    return there


class Load:
    """Browsers that write and read through both nodes; whom one node fails, the other serves."""

    def __init__(self, nodes, requests):
        self.acknowledged, self.failed, self.by_node = set(), [], Counter()
        self.over = Event()
        self._numbers, self._requests = count(), requests
        kim = visitor_of(nodes[0], "kim")
        pairs = [[at(node, kim) for node in nodes] for _ in range(WRITERS)]
        self.threads = [
            *(Thread(target=self._write, args=(pair, i)) for i, pair in enumerate(pairs)),
            Thread(target=self._read, args=([at(node, kim) for node in nodes],)),
        ]
        for thread in self.threads:
            thread.start()

    def _write(self, pair, node):
        while (number := next(self._numbers)) < WRITES:
            key, path = fresh_key(), f"/requests/{self._requests[number % REQUESTS]}/messages"
            while number not in self.acknowledged:
                node = (node + 1) % 2
                words = {"words": f"Word {number}", "key": key}
                self._try(node, number, lambda n=node, p=path, w=words: pair[n].post(p, w), 303)

    def _read(self, pair):
        for turn in count():
            if self.over.wait(0.02):
                return
            path = ("/turnaround", f"/requests/{self._requests[0]}")[turn // 2 % 2]
            self._try(turn % 2, None, lambda n=turn % 2, p=path: pair[n].get(p), 200)

    def _try(self, node, number, ask_node, wanted):
        try:
            status = ask_node()[0]
        except OSError:
            self.failed.append(node)
            return
        assert status == wanted, status
        self.by_node[node] += 1
        if number is not None:
            self.acknowledged.add(number)
