import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type AppOptions, createApp} from './app.ts';

/** Where a server listens: this machine only, unless asked otherwise. */
export const listenDefaults = {host: '127.0.0.1', port: 8080};

/** A running server. */
export type Listening = {url: string; port: number; close(): Promise<void>};

/**
 * Starts a server and gives its address; port 0 takes a free one. Closing lets open requests finish. Rejects with a
 * sentence where the port is taken.
 */
export async function listen(app: AppOptions, {host, port} = listenDefaults): Promise<Listening> {
  const {callback, close} = createApp(app);
  const server = createServer(callback);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') reject(error);
      else reject(new Error(`port ${port} is taken: stop what runs there, or choose another with --port`));
    });
    server.listen(port, host, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  const name = host.includes(':') ? `[${host}]` : host;
  return {url: `http://${name}:${taken}`, port: taken, close: () => shut(server, close)};
}

async function shut(server: Server, close: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Whoever has not read an answer by then does not want it.
  const patience = setTimeout(() => server.closeAllConnections(), 5000);
  await closed;
  clearTimeout(patience);
  await close();
}
