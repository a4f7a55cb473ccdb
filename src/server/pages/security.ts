export interface PageOrigins {
  pageOrigin: string;
  blobOrigin: string;
}

/**
 * What a page may do: run the server's own script and style, and show pictures, players and
 * documents of the two origins of this server. Nobody may frame it.
 * @param options `uploads` for a page that sends files as well
 */
export function securityHeaders(
  { pageOrigin, blobOrigin }: PageOrigins,
  { uploads = false } = {},
): Record<string, string> {
  // The bytes are behind a redirect, whose target counts as well.
  const bytes = [...new Set(["'self'", pageOrigin, blobOrigin])].join(' ');
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': uploads ? bytes : "'self'",
    'img-src': bytes,
    'media-src': bytes,
    'frame-src': bytes,
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
  };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map((directive) => directive.join(' '))
      .join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    // A link is for those who were given it.
    'X-Robots-Tag': 'noindex',
  };
}
