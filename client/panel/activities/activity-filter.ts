import type {PageContext, PagePart} from '../../page-context.ts';
import {createActivitySearch} from './activity-search.ts';
import {createCommuteFilter} from './commute-filter.ts';
import {createDateFilter} from './date-filter.ts';
import {createGearFilter} from './gear-filter.ts';
import {createShownSummary} from './shown-summary.ts';
import {createSportFilter} from './sport-filter.ts';
import {tableFacts} from './table-facts.ts';
import {createTimeFilter} from './time-filter.ts';
import {createWeekdayFilter} from './weekday-filter.ts';

/** Which activities are shown: what the archive knows of them can be asked for, all else is not there. */
export function createActivityFilter(context: PageContext): PagePart {
  const facts = tableFacts(context.archive.table);
  const parts = [
    createShownSummary,
    createDateFilter,
    createSportFilter,
    createWeekdayFilter,
    createTimeFilter,
    createGearFilter,
    createCommuteFilter,
    createActivitySearch,
  ].map((create) => create(context, facts));
  let shown: PageContext['filtered'] | undefined;
  return {
    show(style) {
      // Most changes are of the look; counting activities again for each step of a slider would be felt.
      if (context.filtered === shown) return;
      shown = context.filtered;
      for (const part of parts) part.show(style);
    },
  };
}
