import {expect, test} from 'vitest';
import {
  declaredEncoding,
  elementText,
  nameId,
  nextAttribute,
  nextTag,
  numberIn,
  openXml,
  textIn,
} from '../../../builder/read/xml-bytes.ts';

const names = ['gpx', 'trk', 'a', 'b', 'name', 'trkpt'];

/** The tags of a text, as `a`, `/a`, `a/`. */
function tags(text: string): string[] {
  const xml = openXml(Buffer.from(text, 'latin1'));
  const found: string[] = [];
  while (nextTag(xml)) {
    const name = names.find((each) => nameId(each) === xml.name) ?? '?';
    found.push(`${xml.closing ? '/' : ''}${name}${xml.empty ? '/' : ''}`);
  }
  return found;
}

/** Attributes of the first tag. */
function attributes(text: string): string[] {
  const xml = openXml(Buffer.from(text));
  nextTag(xml);
  const found: string[] = [];
  while (nextAttribute(xml)) {
    const name = ['lat', 'lon', 'type', 'creator'].find((each) => nameId(each) === xml.attribute) ?? '?';
    found.push(`${name}=${xml.bytes.toString('utf8', xml.from, xml.to)}`);
  }
  return found;
}

const number = (text: string) => numberIn(Buffer.from(`"${text}"`), 1, text.length + 1);

test('names are told by their local part, in either case', () => {
  expect(tags('<gpx><g:trk><A/></g:TRK></gpx>')).toEqual(['gpx', 'trk', 'a/', '/trk', '/gpx']);
});

test('names that share their ends or beginnings are not mixed up', () => {
  const all =
    'LatitudeDegrees LongitudeDegrees Track Trackpoint trk trkpt trkseg rte rtept Time time ele Id Name Creator Author';
  const more =
    'Position AltitudeMeters TrainingCenterDatabase extensions metadata link type desc DistanceMeters MaximumSpeed Activity';
  const words = [
    ...new Set(`${all} ${more} Activities Course Courses CoursePoint Lap wpt gpx`.toLowerCase().split(' ')),
  ];
  expect(new Set(words.map(nameId)).size).toBe(words.length);
});

test('comments, CDATA, instructions and declarations hold no tags', () => {
  expect(tags('<?xml version="1.0"?><a><!-- <b> --><![CDATA[<b>]]><?php <b> ?></a>')).toEqual(['a', '/a']);
  expect(tags('<!DOCTYPE gpx [<!ENTITY b "<b>"> <!-- it\'s <b> -->]><a/>')).toEqual(['a/']);
});

test('a comment that is not closed hides the rest, a declaration does not', () => {
  expect(tags('<a><!-- <b>')).toEqual(['a']);
  expect(tags('<!DOCTYPE "<a><b>')).toEqual(['a', 'b']);
  expect(tags(`${'<!x['.repeat(50_000)}<a>`)).toEqual(['a']);
});

test('bare and damaged tags in text are text', () => {
  expect(tags('<a> 1 < 2 & 3 > 2 </a>')).toEqual(['a', '/a']);
  expect(tags('<a><b x="1<trk></a>')).toEqual(['a', 'trk', '/a']);
  expect(tags('<a><b')).toEqual(['a']);
  expect(tags('<a x=">"/><b>')).toEqual(['a/', 'b']);
  expect(tags('<<a>')).toEqual(['a']);
  expect(tags('<')).toEqual([]);
});

test('attributes are found in any order, quote and spacing', () => {
  expect(attributes('<a lat="1" lon=\'2\'>')).toEqual(['lat=1', 'lon=2']);
  expect(attributes('<a\n LON = "2"\tx:lat\r=\n\'1\' />')).toEqual(['lon=2', 'lat=1']);
  expect(attributes('<a lat="" creator="a>b \'c\'">')).toEqual(['lat=', "creator=a>b 'c'"]);
  expect(attributes('<a lat="1"lon="2">')).toEqual(['lat=1', 'lon=2']);
  expect(attributes('<a>')).toEqual([]);
  expect(attributes('<a lat lon="2">')).toEqual(['lon=2']);
});

test('numberIn reads decimals to the last bit that matters', () => {
  for (const text of [
    '47.1',
    '-8.25',
    '0.000091697',
    '180',
    '+12.5',
    ' 3.5\n',
    '.5',
    '7.',
    '1e-3',
    '-0.0',
    '123456.789012',
  ]) {
    expect([text, number(text)]).toEqual([text, Number(text)]);
  }
  expect(number('22.579134162515402026653289794921875')).toBeCloseTo(22.579134162515402, 12);
});

test('numberIn takes nothing else for a number', () => {
  for (const text of [
    '',
    ' ',
    '37,12',
    'NaN',
    'Infinity',
    '-',
    '.',
    '0x10',
    '1 2',
    '4 7.1',
    '47.1.2',
    '1e',
    'undefined',
    '٤٧',
  ]) {
    expect([text, number(text)]).toEqual([text, Number.NaN]);
  }
  expect(number('9'.repeat(5000))).toBeNaN();
});

test('elementText resolves CDATA and the known entities, and no other', () => {
  const textOf = (inner: string, encoding = 'utf-8') => {
    const xml = openXml(Buffer.from(`<name>${inner}</name><b/>`));
    nextTag(xml);
    const text = elementText(xml, encoding);
    nextTag(xml);
    expect(xml.name).toBe(nameId('b'));
    return text;
  };
  expect(textOf('Run &amp; Ride &lt;3 &#8211; &#x1F6B2;')).toBe('Run & Ride <3 – 🚲');
  expect(textOf('<![CDATA[Run & <Ride>]]>')).toBe('Run & <Ride>');
  expect(textOf('Run & Ride <angry>')).toBe('Run & Ride <angry>');
  expect(textOf(' two\n\tlines<!-- no --> \u0001')).toBe('two lines');
  expect(textOf('&x; &#xD800;&#0;&#99999999;')).toBe('&x; &#99999999;');
});

test('elementText of an element without end stops at the next tag', () => {
  const xml = openXml(Buffer.from(`<name>Ride<trk>${'<a>'.repeat(5000)}</name>`));
  nextTag(xml);
  expect(elementText(xml, 'utf-8')).toBe('Ride');
  nextTag(xml);
  expect(xml.name).toBe(nameId('trk'));
});

test('text is decoded by what it is, then by what the file declares', () => {
  const latin = Buffer.from('Zürich', 'latin1');
  expect(textIn(latin, 0, latin.length, 'iso-8859-1')).toBe('Zürich');
  expect(textIn(latin, 0, latin.length, 'utf-8')).toBe('Zürich');
  expect(textIn(latin, 0, latin.length, 'no-such-encoding')).toBe('Zürich');
  const utf = Buffer.from('Zürich');
  expect(textIn(utf, 0, utf.length, 'iso-8859-1')).toBe('Zürich');
  const cyrillic = Buffer.from([0xcf, 0xee, 0xf5, 0xee, 0xe4]);
  expect(textIn(cyrillic, 0, 5, 'windows-1251')).toBe('Поход');
  expect(declaredEncoding(Buffer.from("<?xml version='1.0' encoding='ISO-8859-1'?><gpx>"))).toBe('iso-8859-1');
  expect(declaredEncoding(Buffer.from('<gpx encoding="x">'))).toBe('utf-8');
});
