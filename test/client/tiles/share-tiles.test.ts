import {describe, expect, test} from 'vitest';
import {type SharedTile, shareTiles} from '../../../client/tiles/share-tiles.ts';
import {tileZooms} from '../../../core/tile-zooms.ts';
import {seededRandom} from '../../support/tracks.ts';

type State = 'asked' | 'there' | 'kept' | 'drawn';

/** A tile `z/x/y`: asked for and not there yet, asked for and there, kept from an earlier view, or from the last one. */
function tile([name, state]: [string, State]): SharedTile {
  const [z, x, y] = name.split('/').map(Number);
  const isSelected = state === 'asked' || state === 'there';
  return {
    index: {x, y, z},
    isLoaded: state !== 'asked',
    isSelected,
    isVisible: false,
    share: state === 'drawn' ? 1 : 0,
  };
}

/** What is drawn of tiles at a zoom: `z/x/y` and share. */
function shown(tiles: Record<string, State>, zoom: number): Record<string, number | undefined> {
  const all = Object.entries(tiles).map(tile);
  shareTiles(all, tileZooms(zoom, 0, 15));
  const drawn = all.filter(({isVisible}) => isVisible);
  return Object.fromEntries(drawn.map(({index: {x, y, z}, share}) => [`${z}/${x}/${y}`, share]));
}

describe('shareTiles(tiles, zooms)', () => {
  test('mixes both zooms where they are complete', () => {
    expect(shown({'2/1/1': 'there', '3/2/2': 'there', '3/3/2': 'there', '2/0/0': 'kept'}, 2.25)).toEqual({
      '2/1/1': 0.75,
      '3/2/2': 0.25,
      '3/3/2': 0.25,
    });
  });

  test('draws the coarser zoom in full until all of the finer one is there, place by place', () => {
    expect(shown({'2/1/1': 'there', '3/2/2': 'there', '3/3/2': 'asked'}, 2.75)).toEqual({'2/1/1': 1});
    expect(shown({'2/0/1': 'there', '3/1/2': 'there', '2/1/1': 'there', '3/2/2': 'asked'}, 2.75)).toEqual({
      '2/0/1': 0.25,
      '3/1/2': 0.75,
      '2/1/1': 1,
    });
  });

  test('draws the finer zoom in full until the coarser one is there', () => {
    expect(shown({'2/1/1': 'asked', '3/2/2': 'there', '3/3/2': 'there'}, 2.25)).toEqual({'3/2/2': 1, '3/3/2': 1});
  });

  test('at a whole zoom draws that one alone', () => {
    expect(shown({'2/1/1': 'there', '3/2/2': 'kept', '1/0/0': 'kept'}, 2)).toEqual({'2/1/1': 1});
  });

  test('lets a coarser tile that is still there stand for what is not, and hides all in it', () => {
    const tiles: Record<string, State> = {'1/0/0': 'drawn', '2/1/1': 'asked', '2/0/1': 'there', '2/2/1': 'there'};
    expect(shown(tiles, 2)).toEqual({'1/0/0': 1, '2/2/1': 1});
    // Of two that could stand for parts of one place the greater one does.
    expect(shown({'1/0/0': 'kept', '2/0/0': 'kept', '3/1/1': 'asked', '3/2/2': 'asked'}, 3)).toEqual({'1/0/0': 1});
  });

  test('takes nothing away for the sake of a place that comes into view: what is not there is bare', () => {
    const tiles: Record<string, State> = {'1/0/0': 'kept', '2/1/1': 'asked', '2/0/1': 'there', '2/2/1': 'there'};
    expect(shown(tiles, 2)).toEqual({'2/0/1': 1, '2/2/1': 1});
    expect(shown({...tiles, '3/2/2': 'kept', '4/4/4': 'kept'}, 2)).toEqual({'2/0/1': 1, '2/2/1': 1, '3/2/2': 1});
  });

  test('lets what there is of finer tiles stand for a place where nothing coarser is there', () => {
    const tiles: Record<string, State> = {'2/1/1': 'asked', '3/2/2': 'kept', '4/4/4': 'kept', '4/6/6': 'kept'};
    expect(shown(tiles, 2)).toEqual({'3/2/2': 1, '4/6/6': 1});
  });

  test('draws each place once or not at all, and all where everything is there, in 1,000 states', () => {
    const random = seededRandom(3);
    let wrong = 0;
    for (let run = 0; run < 1000; run++) {
      const zoom = 1 + Math.floor(random() * 12) / 4;
      const zooms = tileZooms(zoom, 0, 15);
      const chance = run % 10 === 0 ? 1 : random();
      const tiles: SharedTile[] = [];
      for (let z = 0; z <= 5; z++) {
        const isAsked = zooms.some((each) => each.z === z);
        for (let y = 0; y < 2 ** z; y++) {
          for (let x = 0; x < 2 ** z; x++) {
            if (isAsked || random() < 0.2)
              tiles.push(tile([`${z}/${x}/${y}`, isAsked ? 'asked' : random() < 0.3 ? 'drawn' : 'kept']));
          }
        }
      }
      const state = tiles.map((each) => (each.isSelected && random() < chance ? {...each, isLoaded: true} : each));
      shareTiles(state, zooms);
      for (let y = 0; y < 32; y += 5) {
        for (let x = 0; x < 32; x += 3) {
          const over = state.filter(({index, isVisible}) => {
            const up = 5 - index.z;
            return isVisible && x >> up === index.x && y >> up === index.y;
          });
          const sum = over.reduce((total, {share = 0}) => total + share, 0);
          if (sum !== 1 && (sum !== 0 || chance === 1)) wrong++;
        }
      }
    }
    expect(wrong).toBe(0);
  });
});
