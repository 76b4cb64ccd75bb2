# One file, four images: api, worker, cli and sandbox.
#   docker build --target api --tag payonce-api .
# Debian, not Alpine: the Temporal SDK's native part needs glibc.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-bookworm-slim AS build
ENV CI=true npm_config_update_notifier=false
RUN npm install --global pnpm@10.34.9
WORKDIR /src
COPY . .
RUN --mount=type=cache,id=payonce-pnpm,target=/root/.local/share/pnpm/store pnpm install --frozen-lockfile
RUN node_modules/.bin/tsc -b packages/sandbox packages/api packages/worker packages/cli packages/plugins \
  && node packages/worker/dist/bundle.js
RUN --mount=type=cache,id=payonce-pnpm,target=/root/.local/share/pnpm/store \
  for program in sandbox api worker cli; do \
    pnpm --filter "@payonce/$program" deploy --prod --legacy --offline "/out/$program" \
    && node docker/prune.mjs "/out/$program" || exit 1; \
  done

FROM node:${NODE_VERSION}-bookworm-slim AS base
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /app
# Uploads go here; a volume that is mounted on it takes over the owner.
RUN install -d -o node -g node /var/lib/payonce/files
USER node
CMD ["node", "dist/main.js"]

FROM base AS api
COPY --from=build /out/api .
ENV API_PORT=4700 FILES_DIR=/var/lib/payonce/files
EXPOSE 4700
VOLUME /var/lib/payonce/files
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4700/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

FROM base AS worker
COPY --from=build /out/worker .
ENV WORKER_HEALTH_PORT=4790
EXPOSE 4790
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4790/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

FROM base AS sandbox
COPY --from=build /out/sandbox .
ENV SANDBOX_HOST=0.0.0.0 SANDBOX_PORT=4780
EXPOSE 4780
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4780/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

FROM base AS cli
COPY --from=build /out/cli .
ENTRYPOINT ["node", "dist/main.js"]
CMD ["--help"]
