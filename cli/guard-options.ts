import type {GuardOptions} from '../server/guard.ts';
import {UsageError} from './command.ts';

type Values = {'allow-host'?: string[]; cors?: string[]; 'share-tiles'?: boolean};

/** Whom a server answers: `--allow-host`, `--cors` and `--share-tiles`, where they are such as requests have. */
export function guardOptions(values: Values): Omit<GuardOptions, 'public'> {
  const hosts = values['allow-host'] ?? [];
  const origins = values.cors ?? [];
  const badHost = hosts.find((host) => urlOf(`http://${host}`)?.hostname !== host.toLowerCase());
  if (badHost !== undefined) {
    throw new UsageError(
      `--allow-host ${badHost}: expected a host name without scheme and port, like heat.example.org`,
    );
  }
  const badOrigin = origins.find((origin) => {
    const url = urlOf(origin);
    return !url?.host || `${url.protocol}//${url.host}` !== origin;
  });
  if (badOrigin !== undefined) {
    throw new UsageError(`--cors ${badOrigin}: expected an origin without path, like https://example.org`);
  }
  return {hosts, origins, shareTiles: values['share-tiles']};
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
