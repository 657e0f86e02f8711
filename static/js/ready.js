// htmx begins with a timer; begun here, before anything else, no key or click is too early for it.
htmx.initialize();
