/** Colours of the offline base map, as CSS: quiet enough that the faintest line of heat is seen above them. */
export type Palette = {
  water: string;
  land: string;
  /** What is everywhere where the zoom is too deep for land and water. */
  ground: string;
  coast: string;
  border: string;
  graticule: string;
};

const dark: Palette = {
  water: '#0b1015',
  land: '#151b21',
  ground: '#0b1015',
  coast: '#2b353f',
  border: '#252e37',
  graticule: '#8fa3b812',
};

/** Not near white: the hot end of every ramp is, and has to stand out. */
const light: Palette = {
  water: '#b4bec6',
  land: '#cfd4d7',
  ground: '#cfd4d7',
  coast: '#a3afb8',
  border: '#b3bcc3',
  graticule: '#3c4f6014',
};

/** The palette for a dark or a light page. */
export function palette(isDark: boolean): Palette {
  return isDark ? dark : light;
}
