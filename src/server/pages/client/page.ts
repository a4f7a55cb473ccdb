import { offerCopying } from './_copy.ts';
import { keepUp } from './_live.ts';
import { offerOriginals } from './_pictures.ts';

/** The only script of the pages. Without it they show the same; they are asked for again instead. */
function enhance(): void {
  offerCopying();
  offerOriginals();
}

enhance();
keepUp(enhance);
