# The onsale program in a small image of its own:
#   docker build --tag onsale .
# It needs BuildKit, which docker build has been since version 23. How to run it: docker-compose.production.yml.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
# The allocator is built by it.
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY crates crates
COPY migrations migrations
# What cargo downloads and compiles stays in caches of the builder, so that a change compiles what it changes. Caches are
# in no image: the program is copied out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/src/target,sharing=locked \
    cargo build --locked --release --package onsale-server --bin onsale \
    && cp target/release/onsale /usr/local/bin/onsale

FROM debian:bookworm-slim
COPY --from=build /usr/local/bin/onsale /usr/local/bin/onsale
COPY config /opt/onsale/config
COPY static /opt/onsale/static
ENV ONSALE_HOME=/opt/onsale \
    ONSALE_PROFILE=production
WORKDIR /opt/onsale
# Nobody's number: it owns nothing here, and the program writes nothing.
USER 10001:10001
EXPOSE 8080
# It finishes the requests in flight first.
STOPSIGNAL SIGTERM
# The program asks the server itself: no shell, no curl.
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["onsale", "ready"]
ENTRYPOINT ["onsale"]
CMD ["serve"]
