# The store, and the recommender, as one image:
#
#   docker build --build-arg VERSION=0.1.0 --build-arg COMMIT=$(git rev-parse HEAD) -t mainstay-store .
#
# How to run it, and what is proved of it: docs/guides/image.md. Why it is made so: docs/decisions/0028-image.md.
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
COPY tools/bundle.ts tools/
COPY tools/bundle tools/bundle
COPY tools/process/refusal.ts tools/process/
RUN npm run build && npm run bundle

FROM node:26.10.0-trixie-slim AS dependencies
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

# What the store stands on: Node, and the files of those Debian packages whose libraries it loads. No shell, no npm, no
# package manager, nothing that anybody may write to. Scanners find the packages in status.d, as in a distroless image.
# gcc-*-base holds the licences of two of them; documents that the base lacks are passed over. The last line runs this
# Node on this root: where a library is missing, the build ends.
FROM node:26.10.0-trixie-slim AS system
WORKDIR /system
RUN set -eu; \
    mkdir -p dev etc proc sys tmp usr/lib usr/lib64 var/lib/dpkg/status.d; \
    ln -s usr/lib usr/lib64 .; \
    cp --parents --no-dereference /usr/local/bin/node /usr/local/LICENSE /etc/os-release /usr/lib/os-release .; \
    { ldd usr/local/bin/node | sed -n 's,.*=> \(/usr\)\?\(/lib[^ ]*\) .*,*\2,p'; echo '/usr/share/doc/gcc-*-base'; } \
      | xargs dpkg-query --search | cut -d : -f 1 | sort -u >/tmp/packages; \
    while read -r package; do \
      dpkg-query --listfiles "$package" | grep '^/' \
        | tar --create --no-recursion --ignore-failed-read --files-from=- 2>/dev/null \
        | tar --extract --keep-directory-symlink; \
      dpkg-query --status "$package" >"var/lib/dpkg/status.d/$package"; \
    done </tmp/packages; \
    echo 'node:x:1000:1000:node:/app:/usr/sbin/nologin' >etc/passwd; \
    echo 'node:x:1000:' >etc/group; \
    echo 'hosts: files dns' >etc/nsswitch.conf; \
    chroot . /usr/local/bin/node --version

FROM scratch AS store
COPY --from=system /system /
# npm links no package: that each of sixteen hundred files is where it seems to be, Node need not find out at every start.
# Probes and scrapers come from outside of the container, to the address that only they reach.
ENV PATH=/usr/local/bin \
    NODE_ENV=production \
    NODE_PRESERVE_SYMLINKS=1 \
    MANAGEMENT_BIND_ADDRESS=0.0.0.0
WORKDIR /app
COPY --from=dependencies /build/node_modules node_modules
COPY --from=build /build/bundle dist
# It says that our code is of ES modules, and the version that /info tells.
COPY package.json ./

# By number, so that an orchestrator can verify that it is not root. All files belong to root: the process can't change
# its own code, and writes nothing, so the root file system may be read-only.
USER 1000:1000
EXPOSE 3000 9090

# There is no curl: Node asks. Liveness and not readiness, because an absent database is no reason to restart the
# process.
HEALTHCHECK --interval=10s --timeout=3s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MANAGEMENT_PORT || 9090}/health/live`, { signal: AbortSignal.timeout(2000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Node itself is process 1, not npm, which would keep SIGTERM to itself; and no init, because it starts no processes
# that somebody would have to wait for. The recommender is the same image with another command:
# node --enable-source-maps --import ./dist/libs/platform/tracing/telemetry.js dist/apps/recommender/src/main.js
# telemetry.js does nothing without an end point for traces (OTEL_EXPORTER_OTLP_ENDPOINT).
CMD ["node", "--enable-source-maps", "--import", "./dist/libs/platform/tracing/telemetry.js", "dist/apps/store/src/main.js"]

# Last, so that two commits with the same files share their layers. What nobody said is unknown, and says so.
ARG VERSION=unknown
ARG COMMIT=unknown
ARG SOURCE=unknown
ENV SERVICE_COMMIT=${COMMIT}
LABEL org.opencontainers.image.title="mainstay-store" \
      org.opencontainers.image.description="The store, and its recommender: a hexagonal NestJS service" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}" \
      org.opencontainers.image.source="${SOURCE}"
