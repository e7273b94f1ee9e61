# docker build -t parley .
# docker run --network host -v ./config.yaml:/etc/parley/config.yaml parley
FROM node:22-bookworm-slim AS build
WORKDIR /src
# Git only tells the commit that is baked in; without a .git folder it comes from here.
ARG PARLEY_COMMIT=unknown
ENV PARLEY_COMMIT=$PARLEY_COMMIT
COPY . .
RUN ./scripts/build

FROM debian:bookworm-slim
# Without libcrypto the server works too, but each packet costs more.
RUN apt-get update \
  && apt-get install -y --no-install-recommends libssl3 \
  && rm -rf /var/lib/apt/lists/*
RUN useradd --system --no-create-home --shell /usr/sbin/nologin parley
COPY --from=build /src/dist/parley /usr/local/bin/parley
USER parley
EXPOSE 7880/tcp 7881/tcp
ENTRYPOINT ["/usr/local/bin/parley"]
CMD ["--config", "/etc/parley/config.yaml"]
