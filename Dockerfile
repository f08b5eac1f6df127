# The store, and the recommender, as one image: `docker build --build-arg VERSION=0.1.0 --build-arg COMMIT=$(git rev-parse HEAD) -t mainstay-store .`
#
# The base is pinned by version. To pin the very bytes, append to each FROM the digest that
# `docker buildx imagetools inspect node:26.10.0-trixie-slim` prints: node:26.10.0-trixie-slim@sha256:…

# Install scripts stay off in both stages: nothing here needs one, and somebody else's script would run as root.
# Optional packages stay out: they are the Node that the repository carries, and binaries of development tools.
FROM node:26.10.0-trixie-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=optional --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json ./
COPY apps apps
COPY libs libs
RUN npm run build && find dist -name '.tsbuildinfo*' -delete

FROM node:26.10.0-trixie-slim AS dependencies
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:26.10.0-trixie-slim AS store
ARG VERSION=0.0.0
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="mainstay-store" \
      org.opencontainers.image.description="The store: a hexagonal NestJS service" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}"
# Probes and scrapers come from outside of the container, to the address that only they reach.
ENV NODE_ENV=production \
    MANAGEMENT_BIND_ADDRESS=0.0.0.0 \
    SERVICE_COMMIT=${COMMIT}
WORKDIR /app
# package.json holds the aliases (#kernel/*, #platform/*, #modules/*) that the built code imports by, and the version
# that /info tells.
COPY package.json ./
COPY --from=dependencies /build/node_modules node_modules
COPY --from=build /build/dist dist

# The image's `node` user, by number, so that an orchestrator can verify that it is not root. All files belong to
# root: the process can't change its own code, and writes nothing, so the root file system may be read-only.
USER 1000:1000
EXPOSE 3000 9090

# The slim image has no curl: Node asks. Liveness and not readiness, because an absent database is no reason to
# restart the process.
HEALTHCHECK --interval=10s --timeout=3s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MANAGEMENT_PORT || 9090}/health/live`, { signal: AbortSignal.timeout(2000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Node itself is process 1, not npm, which would keep SIGTERM to itself. The recommender is the same image with another
# command: node --enable-source-maps --import ./dist/libs/platform/tracing/telemetry.js dist/apps/recommender/src/main.js
# telemetry.js does nothing without an end point for traces (OTEL_EXPORTER_OTLP_ENDPOINT).
CMD ["node", "--enable-source-maps", "--import", "./dist/libs/platform/tracing/telemetry.js", "dist/apps/store/src/main.js"]
