# A small image with the onsale program:
#   docker build --tag onsale .
# The build needs BuildKit, the default since Docker 23. docker-compose.production.yml runs the image.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
# make builds the allocator.
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY crates crates
COPY migrations migrations
# The builder caches what cargo downloads and compiles, so that a change recompiles little. A cache is not part of an
# image, so the program is copied out.
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/src/target,sharing=locked \
    cargo build --locked --release --package onsale-server --bin onsale \
    && cp target/release/onsale /usr/local/bin/onsale

FROM debian:bookworm-slim
# The certificates by which servers are verified, such as a PostgreSQL over TLS. The base image has none.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /usr/local/bin/onsale /usr/local/bin/onsale
COPY config /opt/onsale/config
COPY static /opt/onsale/static
COPY templates /opt/onsale/templates
ENV ONSALE_HOME=/opt/onsale \
    ONSALE_PROFILE=production
WORKDIR /opt/onsale
# This user owns no files. The program writes none.
USER 10001:10001
EXPOSE 8080
# SIGTERM lets the server finish the requests in flight.
STOPSIGNAL SIGTERM
# The image has no curl, so the program checks the server.
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["onsale", "ready"]
ENTRYPOINT ["onsale"]
CMD ["serve"]
