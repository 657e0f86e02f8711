# Baton in one image: the web application, and beside it the worker (compose.yaml).
FROM python:3.13-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.txt .
RUN python -m venv /opt/baton && /opt/baton/bin/pip install --require-hashes -r requirements.txt

FROM python:3.13-slim
# pg_dump and pg_restore, for `flask backup` on PostgreSQL; it must be of the server's version or newer.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/baton --shell /usr/sbin/nologin baton
WORKDIR /srv/baton
COPY --from=packages /opt/baton /opt/baton
COPY app app
COPY migrations migrations
COPY templates templates
COPY static static
RUN python -m compileall -q app && install -d -o baton -g baton -m 0700 var
ENV PATH=/opt/baton/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    FLASK_APP=app BATON_BIND=0.0.0.0:8000
USER baton
VOLUME /srv/baton/var
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "-c", "app/serving.py"]
