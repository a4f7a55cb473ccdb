import { offerCopying } from './_copy.ts';
import { keepUp } from './_live.ts';
import { watchPreviews } from './_previews.ts';

/** The only script of the pages. Without it they show the same; they are asked for again instead. */
function enhance(): void {
  offerCopying();
  watchPreviews();
}

enhance();
keepUp(enhance);
