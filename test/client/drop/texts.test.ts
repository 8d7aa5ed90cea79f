import {expect, test} from 'vitest';
import {dropReport, filesText} from '../../../client/drop/drop-report.ts';
import {safeName} from '../../../client/drop/safe-name.ts';
import {xmlFault} from '../../../client/drop/xml-fault.ts';
import {xmlRoot} from '../../../client/drop/xml-root.ts';
import {xmlText} from '../../../client/drop/xml-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a name keeps its letters and loses what would turn, break or flood a sentence', () => {
  expect(safeName('Zürich → Uetliberg.gpx')).toBe('\u2068Zürich → Uetliberg.gpx\u2069');
  expect(safeName('a\u202Exgp.\u2069\n\u0007b.fit')).toBe('\u2068axgp.b.fit\u2069');
  const long = safeName(`${'x'.repeat(5000)}.gpx`);
  expect(long).toMatch(/^\u2068x{47}…x{8}\.gpx\u2069$/);
  expect([...safeName('🚴'.repeat(100))].length).toBe(62);
});

test('what came of files is said, the first faults one by one', () => {
  expect(dropReport(1, [], false)).toBe('1 file is shown.');
  expect(dropReport(2, [], true)).toBe('2 files are read, and hidden by the filter.');
  expect(dropReport(3, ['a: found b.'], false)).toBe('3 files are shown. Not shown: a: found b.');
  expect(dropReport(0, ['a: b.', 'c: d.', 'e: f.'], false)).toBe(
    'Not shown: a: b. c: d. And 1 file more, listed under Activities.',
  );
  expect(filesText(4000)).toBe('4,000 files');
});

test('text is read in the encoding that is told, without what stands around it', () => {
  expect(xmlText(bytes('  \n<gpx></gpx>\n\0\0 '))).toBe('<gpx></gpx>');
  expect(xmlText(bytes('\ufeff<gpx>é</gpx>'))).toBe('<gpx>é</gpx>');
  const latin = '<?xml version="1.0" encoding="ISO-8859-1"?><gpx>é</gpx>';
  expect(xmlText(Uint8Array.from(latin, (c) => c.charCodeAt(0)))).toBe(latin);
  const wide = '\ufeff<gpx>é</gpx>';
  expect(xmlText(new Uint8Array(Uint16Array.from(wide, (c) => c.charCodeAt(0)).buffer))).toBe('<gpx>é</gpx>');
  expect(xmlText(bytes('<?xml version="1.0" encoding="klingon"?><gpx/>'))).toBeUndefined();
  expect(xmlText(Uint8Array.of(0x50, 0x4b, 3, 4))).toBeUndefined();
  expect(xmlText(bytes('   '))).toBeUndefined();
});

test('the first tag is found behind all that may stand before it, in little time', () => {
  const prologue = '<?xml version="1.0"?>\n<!-- <a> -->\n<!DOCTYPE gpx [<!ENTITY a "<b>">]>\n';
  expect(xmlRoot(`${prologue}<gpx version="1.1">`)).toBe('gpx');
  expect(xmlRoot('<kml>')).toBe('kml');
  expect(xmlRoot('<gpx:gpx xmlns:gpx="a">')).toBe('gpx:gpx');
  for (const bit of ['<!--', '<?', '<!', '<!-- -->', '<', ' ', '<!DOCTYPE [', '\0']) {
    expect(xmlRoot(bit.repeat(200_000)).length).toBeLessThan(101);
  }
});

test('a text that is cut off or of another kind is told before it is parsed', () => {
  expect(xmlFault('<gpx><trk></trk></gpx>')).toBe('');
  expect(xmlFault('<gpx><trk></trk>')).toBe('found no </gpx> at the end, expected a whole file.');
  expect(xmlFault('<!DOCTYPE html><html></html>')).toBe('found <html>, expected GPX, TCX or KML.');
  expect(xmlFault('<>')).toBe('found no tag, expected GPX, TCX or KML.');
});
