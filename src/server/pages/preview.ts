import type { GettFile } from '../../protocol/shapes.ts';
import { isPictureName } from '../images/rendition.ts';

/** How a file is shown: made smaller, as it is, by a player, or as its source. */
export type Preview = 'scaled' | 'original' | 'video' | 'audio' | 'pdf' | 'text' | 'none';

const BY_ENDING: readonly [Preview, string][] = [
  ['original', 'gif webp avif apng bmp ico'],
  ['video', 'mp4 m4v webm ogv mov'],
  ['audio', 'mp3 m4a aac ogg oga opus wav flac weba'],
  ['pdf', 'pdf'],
  [
    'text',
    'txt text md markdown log csv tsv json jsonl ndjson geojson xml xsd xsl rss atom svg html htm xhtml ' +
      'css scss less js mjs cjs jsx ts mts cts tsx vue svelte py rb php pl lua go rs c h cc cpp hpp ' +
      'cs java kt swift scala hs ex exs erl clj r jl m sh bash zsh fish bat ps1 sql graphql proto ' +
      'yaml yml toml ini cfg conf env properties tex bib srt vtt diff patch ics vcf gitignore',
  ],
];
const PREVIEWS = new Map(
  BY_ENDING.flatMap(([preview, endings]) =>
    endings.split(' ').map((ending): [string, Preview] => [ending, preview]),
  ),
);

export function previewOf({ filename }: Pick<GettFile, 'filename'>): Preview {
  const ending = /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  return PREVIEWS.get(ending) ?? (isPictureName(filename) ? 'scaled' : 'none');
}
