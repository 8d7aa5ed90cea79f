/** A base map to choose. */
export type BaseMap = {
  id: string;
  label: string;
  /** URL of a MapLibre style; undefined for what needs no network. */
  styleUrl?: string;
};

/** The built-in base maps: only their ids go into links. The first is the default. */
export const bases: readonly BaseMap[] = [
  {id: 'offline', label: 'Offline'},
  {id: 'none', label: 'None'},
  {id: 'liberty', label: 'Liberty (OpenFreeMap)', styleUrl: 'https://tiles.openfreemap.org/styles/liberty'},
  {id: 'positron', label: 'Positron (OpenFreeMap)', styleUrl: 'https://tiles.openfreemap.org/styles/positron'},
  {id: 'dark', label: 'Dark (OpenFreeMap)', styleUrl: 'https://tiles.openfreemap.org/styles/dark'},
];

/** Id of the base map whose URL is a person's own, and the key under which this browser keeps it. */
export const customBase = 'own';

/** The base map of an id; the default where there is none of it, or no URL of one's own. */
export function baseOf(id: string): BaseMap {
  const styleUrl = id === customBase && localStorage.getItem(customBase);
  if (styleUrl) return {id, label: 'Own style', styleUrl};
  return bases.find((base) => base.id === id) ?? bases[0];
}
