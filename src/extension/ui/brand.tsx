/** The mark of the product, with its name. */
export function Brand() {
  return (
    <h1 class="brand">
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
        <rect class="brand-ground" width="32" height="32" rx="8" />
        <path class="brand-line" d="M19.1 8.7A8.6 8.6 0 1 0 19.1 23.3" />
        <path class="brand-line" d="M14 16h12M22.4 12.4l3.6 3.6-3.6 3.6" />
      </svg>
      Ge.tt
    </h1>
  );
}
