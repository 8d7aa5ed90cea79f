import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {networkInterfaces} from 'node:os';
import {type AppOptions, createApp} from './app.ts';

/** Where a server listens: this machine only, unless asked otherwise. */
export const listenDefaults = {host: '127.0.0.1', port: 8080};

/** A running server: its URL on this machine, and those for other machines where it listens at all addresses. */
export type Listening = {url: string; others: string[]; port: number; close(): Promise<void>};

/**
 * Starts a server, which answers for the host that it listens at, and gives its address; port 0 takes a free one. Closing lets open
 * requests finish. Rejects with a sentence where the port is taken.
 */
export async function listen(app: AppOptions, {host, port} = listenDefaults): Promise<Listening> {
  const {callback, close} = createApp({...app, hosts: [...app.hosts, host]});
  const server = createServer(callback);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') reject(error);
      else reject(new Error(`port ${port} is taken: stop what runs there, or choose another with --port`));
    });
    server.listen(port, host, resolve);
  });
  const {address, port: taken} = server.address() as AddressInfo;
  const urlAt = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${taken}`;
  const local = everywhere[address];
  const others = local ? outerAddresses().map(urlAt) : [];
  return {url: urlAt(local ?? host), others, port: taken, close: () => shut(server, close)};
}

/** What stands for all addresses of a machine, and the one by which the machine itself asks then. */
const everywhere: Record<string, string> = {'0.0.0.0': '127.0.0.1', '::': '::1'};

/** Addresses (IPv4) by which other machines may reach this one. */
function outerAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({family, internal}) => family === 'IPv4' && !internal).map(({address}) => address);
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
