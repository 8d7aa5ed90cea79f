import type {Sport} from '../../core/sports.ts';

/** A sport, and whether it was done without going anywhere: on a trainer, a treadmill or in a virtual world. */
export type NamedSport = {sport: Sport; virtual: boolean};

/**
 * Sport of the numbers `sport` and `sub_sport` of a FIT message, as the profile lists them; NaN where a message has none.
 */
export function sportOfFit(sport: number, subSport: number): NamedSport {
  const exact = byNumbers.get(`${sport}/${subSport}`) ?? byNumbers.get(`${sport}`) ?? 'other';
  return {sport: exact, virtual: virtualSubSports.has(subSport) || sport === fitnessEquipment};
}

/**
 * Sport of a word: a GPX `<type>`, a TCX `Sport`, in the spelling of any program and several languages, or one of the numbers that
 * Strava writes. What is unknown as a whole is looked up by the words in it.
 */
export function sportOfWord(text: string): NamedSport {
  const parts = partsOf(text);
  // Longer runs of words say more: cross country skiing is no skiing.
  const runs = [parts.join('')];
  for (let length = Math.min(parts.length, longestRun); length > 0; length--) {
    for (let i = 0; i + length <= parts.length; i++) runs.push(parts.slice(i, i + length).join(''));
  }
  const known = runs.find((run, i) => byWord.has(run) && (i === 0 || !wholeWords.has(run)));
  return {
    sport: (known !== undefined && byWord.get(known)) || 'other',
    virtual: runs.some((run) => virtualWords.has(run)),
  };
}

/**
 * Sport that the name of an activity or of a file tells, undefined where it tells none: `Morning Ride`, `Lauf am Abend`,
 * `Move_2019_03_17_Running`. Numbers, and words that in names mean other things, are no sports here.
 */
export function sportOfName(name: string): Sport | undefined {
  const parts = partsOf(name);
  for (let length = Math.min(parts.length, longestRun); length > 0; length--) {
    for (let i = 0; i + length <= parts.length; i++) {
      const run = parts.slice(i, i + length).join('');
      const sport = /^\p{N}+$/u.test(run) || vagueInNames.has(run) ? undefined : (byWord.get(run) ?? byEnding(run));
      if (sport !== undefined && !strangeInNames.has(sport)) return sport;
    }
  }
  return undefined;
}

/** The sport at the end of a text in a script without blanks between words. */
function byEnding(text: string): Sport | undefined {
  if (!/^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]{3,}$/u.test(text)) return undefined;
  const ending = [4, 3, 2].map((length) => text.slice(-length)).find((each) => byWord.has(each));
  return ending === undefined ? undefined : byWord.get(ending);
}

/** The more exact of two sports where one is a kind of the other; else the first. */
export function narrower(a: Sport, b: Sport): Sport {
  return kinds[b] === a ? b : a;
}

/** Whether the program or device that wrote a file only knows virtual worlds. */
export function isVirtualDevice(device: string): boolean {
  return virtualDevices.test(device);
}

/** Words that name a sport only when they stand alone: a trail ride is no run. */
const wholeWords = new Set(['trail']);
const longestWord = 100;
const longestRun = 4;
const letters: Record<string, string> = {ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', đ: 'd', ı: 'i'};

/** The words of a text in lower case without accents. CamelCase too is several words: HKWorkoutActivityTypeCycling. */
function partsOf(text: string): string[] {
  return fold(text.slice(0, longestWord).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

/** Lower case without accents. */
function fold(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[øłßæđı]/g, (letter) => letters[letter]);
}

/**
 * How files name sports. `fit` holds numbers of the FIT profile, `sport` or `sport/sub_sport`; `words` are in lower case, without
 * accents, blanks and punctuation. The first of two equal words wins.
 *
 * Numbers among the words are those of Strava's GPX export; only those up to 18 are told alike everywhere.
 */
const table: {sport: Sport; fit: string; words: string}[] = [
  {
    sport: 'e-bike',
    fit: '21 2/28 2/47 2/127',
    words: `ebike ebiking ebikeride ebikefitness ebikemountain ebikeenduro emountainbikeride emtb etouringbicycle eracebike ebicycle
      electricbike pedelec emountainbike emountainbiking 18 ebikemountainbiking vae elcykel elsykkel bicielettrica bicicletaelectrica
      ebikefahrt veloelectrique bicielettrica mountainbikeelettrica bicicletaelectrica ebikerit elektrischefietsrit eバイク 电动自行车 电动自行车骑行`,
  },
  {
    sport: 'mountain-bike',
    fit: '2/8 2/9 2/29 2/123 2/153 2/154',
    words: `mountainbike mountainbiking mountainbikeride mountainbiketour mtb mtbeasy mtbadvanced downhill downhillbiking bmx enduro
      enduromtb mountaincycling mountainbiken vtt ciclismodemontana bicidemontana btt terrengsykkel terrengsykling
      crosscountrybiking downhillmountainbiking
      mountainbikefahrt mountainbikerit sortieenvtt bicicletademontana bicicletademontanha マウンテンバイク マウンテンバイクライド 山地骑行 山地自行车骑行`,
  },
  {
    sport: 'gravel',
    fit: '2/46',
    words: `gravel gravelride gravelcycling gravelbiking gravelbike gravelunpavedcycling
      gravelbikefahrt gravelrit gravelrijden velodegravel bicicletadegravel グラベルライド 砾石骑行 砾石路骑行`,
  },
  {
    sport: 'ride',
    fit: '2',
    words: `ride riding cycling cycle cyclist bike biking bicycle bicycling roadbiking roadcycling roadride roadbike racebike
      racecycling roadcyclingride trackcycling cyclocross recumbentcycling recumbent handcycle handcycling velomobile touringbicycle
      citybike cyclingsport cyclingtransportation commuting commute biketour bikeride unicycle tandem 1 virtualride virtualcycling
      indoorcycling indoorbike indoorbiking spinning spin stationarybike hometrainer rollentraining radfahren rad rennrad
      rennradfahren rennvelo fahrrad fahrradfahren radtour radsport radeln velofahren velo cyclisme vtc velodereroute veloderoute
      ciclismo bici bicicleta bicicletta pedalar fietsen fiets fietstocht wielrennen racefietsen cykling cykel cykla cykeltur sykling
      sykkel sykkeltur kolo cyklistika kolarstwo rower jazdanarowerze pyoraily kerekpar kerekparozas bisiklet велосипед велоспорт
      велопрогулка 骑行 騎行 自行车 サイクリング 自転車 자전거 사이클링
      radfahrt radausfahrt rennradtour radrunde fahrradtour handbike sortieavelo sortievelo vueltaenbicicleta paseoenbicicleta pedalata pedalada
      uscitainbici giroinbici fietsrit ochtendrit middagrit avondrit lunchrit nachtrit wielrit cykeltur sykkeltur ライド 骑车 バーチャルライド 虚拟骑行`,
  },
  {
    sport: 'trail-run',
    fit: '1/3',
    words: `trailrun trailrunning trailrunningrun trailrace mountainrunning fellrunning skyrunning traillauf traillaufen
      coursedetrail carreraporsenderos corridadetrilha 越野跑 トレイルランニング трейл
      trail trailloop trailhardlopen corsatrail trailrunningdemontana trilhacorrida トレイルラン 越野跑步`,
  },
  {
    sport: 'run',
    fit: '1 66',
    words: `run running runner jog jogging streetrunning roadrunning trackrunning trackrun ultrarun ultra obstaclerun orienteering
      9 virtualrun virtualrunning treadmill treadmillrunning treadmillrun indoorrun indoorrunning laufen lauf joggen dauerlauf
      courseapied footing correr carrera corsa corrida hardlopen hardloop lopning lopetur loping lob juoksu beh bieg bieganie
      futas kosu бег пробежка 跑步 户外跑步 ランニング 달리기 러닝
      morgenlauf mittagslauf nachmittagslauf abendlauf nachtlauf waldlauf stadtlauf volkslauf laufeinheit hardloopsessie ochtendloop middagloop
      avondloop lunchloop nachtloop lopturen joggen ラン 跑 バーチャルラン 虚拟跑步`,
  },
  {
    sport: 'hike',
    fit: '17 16 35 2/124 17/124',
    words: `hike hiking hikingtrail trek trekking mountaineering mountainhike mountainhiking alpinehiking backpacking snowshoe snowshoeing
      rucking viaferrata klettersteig alpinetour 4 13 wandern wanderung wandertour bergtour bergwandern bergsteigen hochtour
      schneeschuh schneeschuhwandern randonnee randonneepedestre raquettes senderismo excursionismo montanismo escursionismo
      escursione ciaspole wandelen wandeltocht vandring vandra fottur fjelltur vaellus turistika wedrowka
      wycieczkapiesza turazas поход походы туризм 徒步 徒步旅行 登山 远足 ハイキング 등산 하이킹
      trilha schneeschuhwanderung berghike hoogtewandeling escursioneapiedi caminataporlamontana`,
  },
  {
    sport: 'walk',
    fit: '11 65',
    words: `walk walking walker casualwalking speedwalking racewalking fitnesswalking nordicwalking nordicwalk powerwalking
      dogwalking onfoot foot pedestrian wheelchair stroll 10 virtualwalk indoorwalk indoorwalking treadmillwalking spazieren
      spaziergang gehen marche marcher marchenordique promenade caminar caminata paseo andar camminare camminata passeggiata
      caminhar wandeling promenad gatur tur spacer chuze kavely seta yuruyus ходьба прогулка 步行 健走 散步 ウォーキング 散歩 걷기
      산책
      caminhada caminando wandelsessie ochtendwandeling avondwandeling promenader ウォーク`,
  },
  {
    sport: 'nordic-ski',
    fit: '12 12/42',
    words: `nordicski nordicskiing crosscountryski crosscountryskiing skateskiing classicskiing backcountryskiingnordic xcski
      xcskiing rollerski rollerskiing biathlon langlauf skilanglauf skirollern skidefond esquidefondo scidifondo langlaufen
      langrenn langdskidakning langd maastohiihto hiihto bezky narciarstwobiegowe 7 8 лыжи беговыелыжи クロスカントリースキー
      rollski skiroller scinordico esquinordico クロカン`,
  },
  {
    sport: 'snowboard',
    fit: '14',
    words:
      'snowboard snowboarding resortsnowboarding backcountrysnowboarding snowboarden splitboard splitboarding 12 单板滑雪',
  },
  {
    sport: 'ski',
    fit: '13 58',
    words: `ski skiing alpineski alpineskiing downhillskiing resortskiing resortskiingsnowboarding backcountryski backcountryskiing
      skitour skitouring skimountaineering freeride telemark 2 3 skifahren skilauf skialpin skitourengehen skidepiste skialpin
      skiderandonnee skirando esqui sci scialpinismo skien slalom alpint laskettelu lyzovani skialpinismus narty narciarstwo
      skitury горныелыжи 滑雪 スキー 스키
      skialpinismo skibackcountry esquialpino esquialpin scialpino sciare alpineskien バックカントリースキー アルペンスキー`,
  },
  {
    sport: 'skate',
    fit: '30 33',
    words: `skate skating inlineskate inlineskating inline iceskate iceskating rollerskate rollerskating rollerblading skateboard
      skateboarding longboard 5 6 inlineskaten skaten eislaufen schlittschuh patin patinage roller patinaje pattinaggio schaatsen
      skeeleren skridsko skoyter rolki лыжероллеры коньки ролики スケート
      inlinerskaten patinsenligne patinagemonligne eisschnelllauf`,
  },
  {
    sport: 'swim',
    fit: '5 82',
    words: `swim swimming openwater openwaterswim openwaterswimming lapswimming poolswim poolswimming snorkeling snorkelling 16
      schwimmen freiwasserschwimmen natation nager natacion nuoto natacao zwemmen simning svomming svomning uinti plavani
      plywanie uszas плавание 游泳 スイミング 水泳 수영
      schwimmtraining nage zwemsessie nuotata`,
  },
  {
    sport: 'row',
    fit: '15',
    words: `row rowing virtualrow indoorrowing rowingmachine rudern aviron remo canottaggio roeien roddning roing wioslarstwo
      гребля 划船`,
  },
  {
    sport: 'paddle',
    fit: '19 37 41 42 88',
    words: `paddle paddling paddlesports kayak kayaking canoe canoeing rafting whitewater whitewaterrafting whitewaterraftingkayaking
      standuppaddling standuppaddle standuppaddleboarding sup packraft packrafting dragonboat 21 paddeln kajak kanu canoa piragua
      canottaggiokayak kano padling melonta splywkajakowy байдарка каяк 皮划艇 カヤック
      kanufahren kajakfahren canoekayak kanovaren standuppaddlesurf`,
  },
  {
    sport: 'sail',
    fit: '23 32 43 44',
    words: `sail sailing sailrace boat boating windsurf windsurfing kitesurf kitesurfing kiteboarding kiteboard wingfoil wingfoiling
      catamaran yacht 14 15 segeln voile vela zeilen segling seiling zeglarstwo парус яхта
      windsurfen kitesurfen`,
  },
  {
    sport: 'ride-animal',
    fit: '27',
    words: `horsebackriding horseriding horse horseback equestrian dogsledding dogsled reiten equitation cheval equitacion
      equitazione paardrijden ridning ridning jezdectvi jezdziectwo верховаяезда 骑马 乗馬`,
  },
  {
    sport: 'fly',
    fit: '20 26 34',
    words: `fly flying flight airplane plane aircraft glider gliding paraglide paragliding paramotor paramotoring hangglide
      hanggliding skydiving skydive parachuting wingsuit balloon ballooning drone fliegen flug gleitschirm gleitschirmfliegen
      segelflug drachenfliegen parapente vol volavoile parapendio полет параплан`,
  },
  {
    sport: 'drive',
    fit: '22 24 36 81',
    words: `drive driving drivinggeneral car auto automobile automotive motorcar taxi bus truck train tram subway metro ferry
      transport motorcycle motorcycling motorbike motorbiking motorcycleride moto scooter motocross atv overland offroading rally
      snowmobile snowmobiling motorsport motorsports autofahren motorrad zug bahn voiture coche carro macchina bil rijden tog поезд
      автомобиль машина мотоцикл 开车 ドライブ`,
  },
];

/** Of the FIT profile: treadmill, spin, indoor cycling, rowing, skiing, walking, running and the like, virtual activity. */
const virtualSubSports = new Set([1, 5, 6, 14, 15, 16, 25, 27, 45, 58, 71, 77, 86, 87, 88]);
const fitnessEquipment = 4;

const virtualWords = new Set(
  fold(`virtual virtuel virtuelle virtuell virtueller virtuelles virtuale virtuele virtuellt virtualride virtualrun virtualrow virtualcycling indoor indoors treadmill laufband trainer
   turbo hometrainer stationary stationarybike rollentraining spinning spin elliptical crosstrainer stairstepper stairclimbing
   rowingmachine ergometer 17 zwift 室内 室内跑步 室内骑行 虚拟 虚拟骑行 虚拟跑步 バーチャル バーチャルライド バーチャルラン`).split(
    /\s+/,
  ),
);

const virtualDevices =
  /zwift|mywhoosh|rouvy|virtualtraining|bkool|fulgaz|kinomap|onelap|r_?gt[ _]cycling|sufferfest|wahoo systm|trainer ?road|indievelo|trainingpeaks virtual|biketerra/i;

/** Sports that are kinds of another. */
const kinds: Partial<Record<Sport, Sport>> = {
  'mountain-bike': 'ride',
  gravel: 'ride',
  'e-bike': 'ride',
  'trail-run': 'run',
  'nordic-ski': 'ski',
};

/** Words that name a sport where one is asked for, but in the name of an activity or a file may mean anything. */
const vagueInNames = new Set(
  fold(`cycle commute commuting foot sup sci seta tur vela row remo horse car tandem freeride ultra enduro downhill inline
   classic stroll paseo promenade kolo rower beh futas kosu uszas sail boat yacht trek trail lob marche futas bieg spin wheelchair
   pedestrian indoor trainer turbo treadmill shoe escursione giro`).split(/\s+/),
);
/** Sports that names do not tell: people ride to the train, and fly to Mallorca to cycle. */
const strangeInNames = new Set<Sport>(['drive', 'fly', 'ride-animal']);

const byNumbers = new Map<string, Sport>();
const byWord = new Map<string, Sport>([['17', 'ride']]);
for (const {sport, fit, words} of table) {
  for (const number of fit.split(' ')) byNumbers.set(number, sport);
  for (const word of fold(words).split(/\s+/)) if (!byWord.has(word)) byWord.set(word, sport);
}
