import {addPoint, type Points} from './points.ts';

/**
 * What one FIT file (a link of a chain) says, as far as Trackheat asks. Times are the file's own: seconds, by the profile since
 * 1989-12-31 UTC; NaN where there is none. Numbers that a message lacks are NaN.
 */
export type FitFile = {
  /** `type` of file_id: 4 is an activity, 6 a course. */
  type: number;
  manufacturer: number;
  product: number;
  productName: string;
  sessions: FitSession[];
  /** Sport of a sport, course or lap message, for files that end before their session. */
  sport: number;
  subSport: number;
  /** Name of a course message; undefined where there is no such message. */
  course?: string;
  /** Timer events in file order: time, and 1 for running or 0 for stopped. */
  timer: {time: number; running: number}[];
  /** Seconds that local time is ahead of UTC. */
  zone: number;
  /** Records that have a position on Earth; `time` is the file's own. */
  points: Points;
  /** How many record messages there are, and how many of them have a time. */
  records: number;
  timed: number;
  /** Records with a position that is not on Earth. */
  outOfRange: number;
  /** Why the reading ended before the end of the data: found and expected. */
  problem?: string;
  /** Where the reading ended. */
  end: number;
};

export type FitSession = {start: number; sport: number; subSport: number; points: number};

type Field = {number: number; offset: number; size: number};
type Definition = {
  global: number;
  size: number;
  little: boolean;
  fields: Field[];
  /** Offsets of the fields that records are read by, negative where they are missing. */
  time: number;
  lat: number;
  lng: number;
  altitude: number;
  enhancedAltitude: number;
};

/** Messages and fields of the FIT profile (https://developer.garmin.com/fit/): the few that are read. */
const message = {
  fileId: 0,
  sport: 12,
  session: 18,
  lap: 19,
  record: 20,
  event: 21,
  deviceInfo: 23,
  course: 31,
  activity: 34,
};
const field = {
  timestamp: 253,
  fileId: {type: 0, manufacturer: 1, product: 2, productName: 8},
  sport: {sport: 0, subSport: 1},
  session: {start: 2, sport: 5, subSport: 6},
  lap: {sport: 25, subSport: 39},
  record: {lat: 0, lng: 1, altitude: 2, enhancedAltitude: 78},
  event: {event: 0, type: 1},
  deviceInfo: {index: 0, manufacturer: 2, product: 4, productName: 27},
  course: {sport: 4, name: 5, subSport: 7},
  activity: {local: 5},
};
const known = new Set(Object.values(message));

/** Types of a timer event: start; stop, stop all, stop and disable (all). Others do not touch the timer. */
const timerTypes = new Map([[0, 1], ...[1, 4, 8, 9].map((type): [number, number] => [type, 0])]);

const invalidPosition = 0x7fffffff;
const degreesPerSemicircle = 180 / 2 ** 31;

/**
 * Reads the messages in `bytes[from, to)`, behind a header. Stops where they make no sense: what precedes is kept. With `seek`
 * the size of the data is not known, `to` is the end of the file, and the reading ends before the header of another FIT file.
 * Positions are read into `points`, which is emptied.
 */
export function readFitFile(bytes: Uint8Array, from: number, to: number, seek: boolean, points: Points): FitFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const definitions: (Definition | undefined)[] = new Array(16).fill(undefined);
  points.count = 0;
  const file: FitFile = {
    type: Number.NaN,
    manufacturer: Number.NaN,
    product: Number.NaN,
    productName: '',
    sessions: [],
    sport: Number.NaN,
    subSport: Number.NaN,
    timer: [],
    zone: Number.NaN,
    points,
    records: 0,
    timed: 0,
    outOfRange: 0,
    end: from,
  };
  let clock = Number.NaN;
  let at = from;
  while (at < to) {
    // A checksum stands before the header.
    if (seek && (isFitHeader(view, at) || isFitHeader(view, at + 2))) break;
    const head = bytes[at];
    if ((head & 0xc0) === 0x40) {
      const end = define(view, definitions, at, to);
      if (end === 0) {
        file.problem = `found the end inside a definition at byte ${at}, expected ${to - at} bytes more`;
        break;
      }
      at = end;
      continue;
    }

    const compressed = head >= 0x80;
    const local = compressed ? (head >> 5) & 3 : head & 15;
    const definition = definitions[local];
    if (definition === undefined) {
      file.problem = `found message type ${local} at byte ${at}, expected its definition before`;
      break;
    }
    const start = at + 1;
    at = start + definition.size;
    if (at > to) {
      file.problem = `found ${to - start} bytes of the last message, expected ${definition.size}`;
      at = start - 1;
      break;
    }

    const {little} = definition;
    let time = Number.NaN;
    if (compressed) {
      // Five bits count on from the last full time, and roll over.
      time = clock + (((head & 31) - clock) & 31);
      clock = time;
    }
    if (definition.time >= 0) {
      const seconds = view.getUint32(start + definition.time, little);
      if (seconds !== 0xffffffff) {
        time = seconds;
        clock = seconds;
      }
    }

    if (definition.global !== message.record) {
      if (definition.fields.length > 0) readMessage(file, view, definition, start, time);
      continue;
    }
    file.records++;
    if (time >= 0) file.timed++;
    if (definition.lat < 0 || definition.lng < 0) continue;
    const lat = view.getInt32(start + definition.lat, little);
    const lng = view.getInt32(start + definition.lng, little);
    if (lat === invalidPosition || lng === invalidPosition) continue;
    if (lat > 0x40000000 || lat < -0x40000000) {
      file.outOfRange++;
      continue;
    }
    let elevation = Number.NaN;
    if (definition.enhancedAltitude >= 0) {
      const raw = view.getUint32(start + definition.enhancedAltitude, little);
      if (raw !== 0xffffffff) elevation = raw / 5 - 500;
    }
    if (definition.altitude >= 0 && Number.isNaN(elevation)) {
      const raw = view.getUint16(start + definition.altitude, little);
      if (raw !== 0xffff) elevation = raw / 5 - 500;
    }
    addPoint(points, lng * degreesPerSemicircle, lat * degreesPerSemicircle, time, elevation);
  }
  file.end = Math.min(at, to);
  return file;
}

/** Whether the signature of a FIT header stands at `at + 8`. */
export function isFitHeader(view: DataView, at: number): boolean {
  return at + 12 <= view.byteLength && view.getUint32(at + 8, true) === 0x5449462e;
}

/** Reads a definition message and returns the offset behind it; 0 where the data ends first. */
function define(view: DataView, definitions: (Definition | undefined)[], at: number, to: number): number {
  if (at + 6 > to) return 0;
  const head = view.getUint8(at);
  const little = (view.getUint8(at + 2) & 1) === 0;
  const global = view.getUint16(at + 3, little);
  const count = view.getUint8(at + 5);
  const fieldsEnd = at + 6 + 3 * count;
  const withDeveloper = (head & 0x20) !== 0;
  if (fieldsEnd + (withDeveloper ? 1 : 0) > to) return 0;
  const definition: Definition = {
    global,
    size: 0,
    little,
    fields: [],
    time: -1,
    lat: -1,
    lng: -1,
    altitude: -1,
    enhancedAltitude: -1,
  };
  for (let f = at + 6; f < fieldsEnd; f += 3) {
    const number = view.getUint8(f);
    const size = view.getUint8(f + 1);
    const offset = definition.size;
    definition.size += size;
    if (number === field.timestamp && size === 4) definition.time = offset;
    if (global === message.record) {
      if (number === field.record.lat && size === 4) definition.lat = offset;
      else if (number === field.record.lng && size === 4) definition.lng = offset;
      else if (number === field.record.altitude && size === 2) definition.altitude = offset;
      else if (number === field.record.enhancedAltitude && size === 4) definition.enhancedAltitude = offset;
    } else if (known.has(global)) {
      definition.fields.push({number, offset, size});
    }
  }
  let end = fieldsEnd;
  if (withDeveloper) {
    // Of developer fields only the size matters: it is a byte, so that their byte order cannot be wrong.
    end = fieldsEnd + 1 + 3 * view.getUint8(fieldsEnd);
    if (end > to) return 0;
    for (let f = fieldsEnd + 1; f < end; f += 3) definition.size += view.getUint8(f + 1);
  }
  definitions[head & 15] = definition;
  return end;
}

/** Takes what is asked from a message that is no record; the last one of a kind wins, but for the creator. */
function readMessage(file: FitFile, view: DataView, definition: Definition, at: number, time: number): void {
  const value = (number: number) => unsigned(view, definition, at, number);
  const text = (number: number) => string(view, definition, at, number);
  switch (definition.global) {
    case message.fileId:
      file.type = value(field.fileId.type);
      file.manufacturer = value(field.fileId.manufacturer);
      file.product = value(field.fileId.product);
      file.productName = text(field.fileId.productName);
      break;
    case message.deviceInfo:
      // Index 0 is the device that made the file, the others are its sensors.
      if (value(field.deviceInfo.index) !== 0) break;
      if (Number.isNaN(file.manufacturer)) file.manufacturer = value(field.deviceInfo.manufacturer);
      if (Number.isNaN(file.product)) file.product = value(field.deviceInfo.product);
      file.productName ||= text(field.deviceInfo.productName);
      break;
    case message.session:
      file.sessions.push({
        start: value(field.session.start),
        sport: value(field.session.sport),
        subSport: value(field.session.subSport),
        points: file.points.count,
      });
      break;
    case message.sport:
      file.sport = value(field.sport.sport);
      file.subSport = value(field.sport.subSport);
      break;
    case message.lap:
      if (!Number.isNaN(file.sport)) break;
      file.sport = value(field.lap.sport);
      file.subSport = value(field.lap.subSport);
      break;
    case message.course:
      file.course = text(field.course.name);
      file.sport = value(field.course.sport);
      file.subSport = value(field.course.subSport);
      break;
    case message.event: {
      const running = value(field.event.event) === 0 ? timerTypes.get(value(field.event.type)) : undefined;
      if (running !== undefined && time >= 0) file.timer.push({time, running});
      break;
    }
    case message.activity: {
      const ahead = value(field.activity.local) - time;
      if (Math.abs(ahead) <= 14 * 3600) file.zone = ahead;
      break;
    }
  }
}

function unsigned(view: DataView, {fields, little}: Definition, at: number, number: number): number {
  const found = fields.find((each) => each.number === number);
  if (!found) return Number.NaN;
  const {offset, size} = found;
  if (size === 1) return validOr(view.getUint8(at + offset), 0xff);
  if (size === 2) return validOr(view.getUint16(at + offset, little), 0xffff);
  if (size === 4) return validOr(view.getUint32(at + offset, little), 0xffffffff);
  return Number.NaN;
}

function validOr(value: number, invalid: number): number {
  return value === invalid ? Number.NaN : value;
}

function string(view: DataView, {fields}: Definition, at: number, number: number): string {
  const found = fields.find((each) => each.number === number);
  if (!found) return '';
  const bytes = Buffer.from(view.buffer, view.byteOffset + at + found.offset, found.size);
  const end = bytes.indexOf(0);
  return bytes
    .toString('utf8', 0, end < 0 ? found.size : end)
    .replace(/[\s\p{Cc}\ufffd]+/gu, ' ')
    .trim();
}
