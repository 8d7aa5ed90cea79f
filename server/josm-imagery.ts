import {attribution} from '../core/attribution.ts';
import {maxTileZoom, tileTemplate} from '../core/editor-urls.ts';
import {type OfferedStyle, styleQuery} from './offered-styles.ts';
import {degrees, xmlText} from './xml.ts';

/** Degrees. */
export type Bounds = {minLon: number; minLat: number; maxLon: number; maxLat: number};

/** How long JOSM keeps a tile without asking again, s. It asks no sooner than after an hour, whatever stands here. */
const expireSeconds = 3600;

/**
 * JOSM's imagery list with an entry per style: its preference *Imagery providers* takes the URL. Format: JOSM's wiki page
 * "Maps" and its schema maps.xsd.
 */
export function josmImagery(origin: string, bounds: Bounds, styles: OfferedStyle[], icon: string): string {
  const {minLat, minLon, maxLat, maxLon} = bounds;
  const corners = Object.entries({'min-lat': minLat, 'min-lon': minLon, 'max-lat': maxLat, 'max-lon': maxLon})
    .map(([name, value]) => `${name}="${degrees(value)}"`)
    .join(' ');
  const entries = styles.map((style) => {
    const {name, title, about} = style;
    const url = tileTemplate(`${origin}/`, styleQuery(style));
    return `  <entry overlay="true">
    <name>${xmlText(`Trackheat: ${title}`)}</name>
    <id>trackheat-${xmlText(name)}</id>
    <type>tms</type>
    <category>other</category>
    <description lang="en">${xmlText(about)}</description>
    <url>${xmlText(url)}</url>
    <min-zoom>0</min-zoom>
    <max-zoom>${maxTileZoom}</max-zoom>
    <bounds ${corners}/>
    <attribution-text>${xmlText(attribution)}</attribution-text>
    <icon>${icon}</icon>
    <tile-size>256</tile-size>
    <valid-georeference>true</valid-georeference>
    <minimum-tile-expire>${expireSeconds}</minimum-tile-expire>
  </entry>
`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<imagery xmlns="http://josm.openstreetmap.de/maps-1.0">
${entries.join('')}</imagery>
`;
}
