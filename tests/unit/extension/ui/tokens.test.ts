import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at } from '../../../../scripts/lib/project.mjs';

const css = readFileSync(at('src/extension/ui/tokens.css'), 'utf8');
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)];
const colours = {
  light: new Map(pairs.map(([, name, light]) => [name, light])),
  dark: new Map(pairs.map(([, name, , dark]) => [name, dark])),
};

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['surface', 'raised', 'accent-soft', 'problem-soft', 'warning-soft'];
const TEXTS = ['text', 'muted', 'accent', 'problem', 'warning'];
const TEXT_PAIRS = [
  ...GROUNDS.slice(0, 2).flatMap((ground) => TEXTS.map((text) => [text, ground])),
  ...GROUNDS.map((ground) => ['text', ground]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['problem', 'problem-soft'],
  ['warning', 'warning-soft'],
  ['accent', 'accent-soft'],
  ['muted', 'warning-soft'],
];
/** Bars against their track, edges of fields and buttons, and the ring of the focus. */
const SHAPE_PAIRS = [
  ['accent', 'line'],
  ['warning', 'line'],
  ['border', 'surface'],
  ['focus', 'surface'],
  ['focus', 'raised'],
];

describe.each(['light', 'dark'] as const)('the %s colours', (look) => {
  const colour = (name = '') => {
    const value = colours[look].get(name);
    if (value === undefined) throw new Error(`There is no colour --${name}.`);
    return value;
  };
  it.each(TEXT_PAIRS)('give %s on %s a contrast of 4.5 : 1', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(SHAPE_PAIRS)('give %s against %s a contrast of 3 : 1', (shape, ground) => {
    expect(contrast(colour(shape), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});

describe('contrast', () => {
  it('is what WCAG computes', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});
