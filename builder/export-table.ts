import {csvRows} from './csv.ts';

/** What the table of an export tells about an activity; empty where it does not. `sport` is a word in any language. */
export type ExportFacts = {name: string; sport: string; gear: string; commute: boolean};

/**
 * What `activities.csv` of a Strava export says, by file name as it stands there (`activities/123.fit.gz`); undefined for
 * any other text. Columns are found by their names in the languages below. In other languages the column of file names is
 * known by what is in it, and the others by their places, which have been the same in all exports. Of columns with equal
 * names the first is taken: those that follow repeat it in another unit.
 */
export function readExportTable(text: string): Map<string, ExportFacts> | undefined {
  const rows = csvRows(text);
  const columns = rows.length > 0 ? columnsOf(rows[0], rows) : undefined;
  if (!columns) return undefined;
  const cell = (row: string[], column: number) => (row[column] ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const found = new Map<string, ExportFacts>();
  for (const row of rows.slice(1)) {
    const file = cell(row, columns.file);
    if (file === '') continue;
    found.set(file, {
      name: cell(row, columns.name),
      sport: cell(row, columns.sport),
      gear: cell(row, columns.gear),
      commute: yes.test(cell(row, columns.commute)),
    });
  }
  return found;
}

/** Whether a text, or its beginning, is the table of an export. */
export function isExportTable(head: string): boolean {
  // A row that is cut is of no use; the names of the columns alone may be.
  const rows = csvRows(head.slice(0, mostHead));
  return rows.length > 0 && columnsOf(rows[0], rows) !== undefined;
}

type Columns = {file: number; name: number; sport: number; gear: number; commute: number};

const mostHead = 65_536;

/**
 * Names of the columns: the first English ones are those of before 2019. Seen in exports and in programs that read them;
 * of Italian, Portuguese and Japanese only what Strava calls these things.
 */
const names: Record<keyof Columns, string[]> = {
  file: [
    'filename',
    'dateiname',
    'nom du fichier',
    'nombre de archivo',
    'nombre del archivo',
    'nome file',
    'nome del file',
    'nome do arquivo',
    'nome do ficheiro',
    'bestandsnaam',
    'ファイル名',
    '文件名',
    '檔案名稱',
    'filnamn',
    'filnavn',
    'nazwa pliku',
    'имя файла',
  ],
  name: [
    'activity name',
    'name',
    'name der aktivität',
    "nom de l'activité",
    'nombre de la actividad',
    "nome dell'attività",
    'nome attività',
    'nome da atividade',
    'naam activiteit',
    'naam van activiteit',
    'アクティビティ名',
    '活动名称',
    '活動名稱',
  ],
  sport: [
    'activity type',
    'type',
    'aktivitätsart',
    "type d'activité",
    'tipo de actividad',
    'tipo di attività',
    'tipo attività',
    'tipo de atividade',
    'activiteitstype',
    'type activiteit',
    'アクティビティタイプ',
    'アクティビティの種類',
    '活动类型',
    '活動類型',
  ],
  gear: [
    'activity gear',
    'gear',
    'aktivitätsausrüstung',
    "matériel utilisé pour l'activité",
    "équipement de l'activité",
    'equipamiento de la actividad',
    'equipo de la actividad',
    "attrezzatura dell'attività",
    'equipamento da atividade',
    'uitrusting voor activiteit',
    'アクティビティのギア',
    '活动装备',
  ],
  commute: [
    'commute',
    'pendeln',
    'déplacement-transport',
    'trajet',
    'desplazamiento',
    'trayecto al trabajo',
    'pendolarismo',
    'tragitto casa-lavoro',
    'deslocamento',
    'woon-werkverkeer',
    '通勤',
  ],
};

const yes = /^(true|1|1\.0|yes|ja|oui|s[ií]|sim|wahr|vrai|vero|verdadero|verdadeiro|waar|はい|是)$/i;
const activityFile = /^activities[/\\].+\.(fit|gpx|tcx)(\.gz)?$/i;

/** Where the columns have been in every export, counted from the first, and gear from the one with file names. */
const places = {name: 2, sport: 3, gearBefore: 1, leastFile: 9};

function columnsOf(header: string[], rows: string[][]): Columns | undefined {
  const titles = header.map((title) => title.normalize('NFC').replaceAll('’', "'").trim().toLowerCase());
  const named = (column: keyof Columns) => titles.findIndex((title) => names[column].includes(title));
  const samples = rows.slice(1, mostSamples);
  let file = named('file');
  const name = named('name');
  const sport = named('sport');
  // Other tables have file names too: an export's has both names and sports, or files of activities.
  if (file < 0 || (name < 0 && sport < 0)) {
    file = titles.findIndex((_, i) => samples.some((row) => activityFile.test(row[i] ?? '')));
    if (file < places.sport) return undefined;
  }
  const gear = named('gear');
  const commute = named('commute');
  const isFlag = (i: number) =>
    i < file && samples.length > 0 && samples.every((row) => /^(true|false)$/i.test(row[i] ?? ''));
  return {
    file,
    name: name < 0 ? places.name : name,
    sport: sport < 0 ? places.sport : sport,
    // The later column of this name holds numbers of gear.
    gear: gear >= 0 && gear < file ? gear : file >= places.leastFile ? file - places.gearBefore : -1,
    commute: commute < 0 ? titles.findIndex((_, i) => isFlag(i)) : commute,
  };
}

const mostSamples = 50;
