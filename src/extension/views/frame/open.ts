import { firstFrame } from '../first-frame.ts';
import { drawFrame } from './draw.ts';

/** Shows at once what the page showed last, and reads its code after that. */
export async function openWithFrame(load: () => Promise<unknown>): Promise<void> {
  const root = document.querySelector('#app');
  const takenOver = root && drawFrame(root);
  // Reading the code and painting would slow each other down.
  if (takenOver) await firstFrame();
  await load();
  if (!takenOver) return;
  // What follows from being shown, such as where the focus is, comes first.
  await firstFrame();
  takenOver();
}
