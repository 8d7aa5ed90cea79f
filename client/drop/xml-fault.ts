import {xmlRoot} from './xml-root.ts';

const roots = ['gpx', 'TrainingCenterDatabase', 'kml'];

/**
 * Why an XML text is no whole GPX, TCX or KML file; empty where it may be one. Browsers answer a text that they cannot read with a
 * document of their own, which Chromium styles against the page's policy: what can be told before is.
 */
export function xmlFault(text: string): string {
  const root = xmlRoot(text);
  if (!roots.includes(root)) return `found ${root ? `<${root.slice(0, 40)}>` : 'no tag'}, expected GPX, TCX or KML.`;
  return text.includes(`</${root}`) ? '' : `found no </${root}> at the end, expected a whole file.`;
}
