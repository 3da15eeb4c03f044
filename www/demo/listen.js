// @ts-check
import { serve } from "@hono/node-server";

/**
 * A fetch handler on a port of this machine, reachable from this machine only.
 *
 * @param {{ fetch: (request: Request) => Promise<Response> | Response, port: number, variable: string }} options
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export const listen = ({ fetch, port, variable }) =>
  new Promise((resolve, reject) => {
    const server = /** @type {import("node:http").Server} */ (
      serve({ fetch, port, hostname: "127.0.0.1", overrideGlobalObjects: false }, (info) =>
        resolve({
          port: info.port,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              server.closeAllConnections();
            }),
        }),
      )
    );
    server.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      reject(error.code === "EADDRINUSE" ? new Error(`port ${port} is in use; set ${variable} to another one`) : error);
    });
  });
