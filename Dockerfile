# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.txt requirements-build.txt ./
RUN python -m venv /opt/proctormock \
 && /opt/proctormock/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
 && python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY mockserver ./mockserver
COPY contracts ./contracts
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel . \
 && /opt/proctormock/bin/pip install --no-cache-dir --no-deps /wheel/*.whl

FROM python:3.12-slim
LABEL org.opencontainers.image.title="proctormock" \
      org.opencontainers.image.description="A mock of exam and proctoring vendors that refuses as they do, and says why" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --home-dir /data --create-home proctormock
COPY --from=build /opt/proctormock /opt/proctormock
ENV PATH=/opt/proctormock/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MOCKSERVER_HOST=0.0.0.0 \
    MOCKSERVER_DATABASE=sqlite:////data/proctormock.db
USER proctormock
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# Any answer means that the server is up; the control API would want its token here.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
  CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8000, timeout=2); c.request('GET', '/'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["mockserver"]
CMD ["serve"]
