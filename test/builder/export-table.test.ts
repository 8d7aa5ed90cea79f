import {expect, test} from 'vitest';
import {isExportTable, readExportTable} from '../../builder/export-table.ts';

/** The row of the one activity of a table. */
const row = (header: string, ...rows: string[]) =>
  readExportTable([header, ...rows].join('\n'))?.get('activities/7.fit.gz');
const facts = {name: 'Morning, "fast"', sport: 'Ride', gear: 'Blue bike', commute: true};

test('columns are found by their English names, of today and of before 2019', () => {
  const today =
    'Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Elapsed Time,Distance,Commute,Gear';
  const line =
    '1,"May 1, 2024, 6:00:00 AM","Morning, ""fast""",Ride,"a\nb",9,1,,,true,"",Blue bike,activities/7.fit.gz,,9.0,1000.0,1.0,123.0';
  expect(row(today, line)).toEqual(facts);
  const before = 'id,date,name,type,description,elapsed_time,distance,commute,gear,filename';
  expect(row(before, '1,2018-09-12 15:02:23,"Morning, ""fast""",Ride,,9,1,true,Blue bike,activities/7.fit.gz')).toEqual(
    facts,
  );
});

test('columns are found in German, French, Dutch, Spanish and Chinese', () => {
  expect(
    row(
      'Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis zur Privatsphäre für Aktivitäten,Aktivitätsausrüstung,Dateiname,Sportlergewicht,Pendeln,Ausrüstung',
      '8,"09.12.2022, 15:24:49",Früh,Radfahrt,"0°C\n---",9,"9,44",,,true,"",Patria,activities/7.fit.gz,,0.0,5',
    ),
  ).toEqual({name: 'Früh', sport: 'Radfahrt', gear: 'Patria', commute: true});
  expect(
    row(
      "ID de l'activité,Date de l'activité,Nom de l’activité,Type d'activité,Description de l'activité,Temps écoulé,Distance,Fréquence cardiaque max.,Effort relatif,Déplacement-transport,Note privée sur les activités,Matériel utilisé pour l'activité,Nom du fichier",
      '8,x,Matin,Course à pied,,9,1,,,false,,Chaussures,activities/7.fit.gz',
    ),
  ).toEqual({name: 'Matin', sport: 'Course à pied', gear: 'Chaussures', commute: false});
  expect(
    row(
      'Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Bestandsnaam',
      '8,x,Rondje,Fietsrit,activities/7.fit.gz',
    ),
  ).toMatchObject({name: 'Rondje', sport: 'Fietsrit', gear: '', commute: false});
  expect(
    row(
      'ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,Nombre del archivo',
      '1,x,Vuelta,Carrera,activities/7.fit.gz',
    ),
  ).toMatchObject({name: 'Vuelta', sport: 'Carrera'});
  expect(
    row(
      '活动 ID,活动日期,活动名称,活动类型,活动描述,全程耗时,距离,文件名',
      '1,x,温榆河,骑行,"",9,1,activities/7.fit.gz',
    ),
  ).toMatchObject({name: '温榆河', sport: '骑行'});
});

test('in any other language the places of the columns tell them, and file names the last', () => {
  expect(
    row(
      'A,B,C,D,E,F,G,H,I,J,K,L,M,N',
      '1,x,Other,Ride,,9,1,,,false,,,,',
      '2,x,Tura,Jazda,,9,1,,,true,,Rower,activities/7.fit.gz,70',
    ),
  ).toEqual({name: 'Tura', sport: 'Jazda', gear: 'Rower', commute: true});
});

test('rows without a file are left out; other tables and texts are no exports', () => {
  expect([...readExportTable('Activity Name,Filename\nA,\nB,activities/1.gpx\n')!.keys()]).toEqual([
    'activities/1.gpx',
  ]);
  expect(readExportTable('Media Filename,Media Caption\nmedia/1.jpg,x\n')).toBeUndefined();
  expect(readExportTable('just text')).toBeUndefined();
  expect(readExportTable('')).toBeUndefined();
  expect(isExportTable('Activity ID,Activity Name,Filename\n1,"cut')).toBe(true);
});
