import type { ViewState } from '../background/view-state.ts';
import type { Settings } from '../settings/settings.ts';

export interface DiagnosticFacts {
  version: string;
  /** As the browser names itself. */
  userAgent: string;
  language: string;
  settings: Settings;
  state: ViewState | undefined;
  /** Number of sites that may be read. */
  sites: number;
  /** Bytes that the extension keeps on this computer. */
  kept: number | undefined;
}

/**
 * What support needs to know, as text that anybody may read: numbers and states, no names, no
 * addresses, no links, no tokens.
 */
export function diagnosticText(facts: DiagnosticFacts): string {
  const { state, settings } = facts;
  const lines = [
    `Ge.tt Share ${facts.version}`,
    `Browser: ${facts.userAgent}`,
    `Language: ${facts.language}`,
    `Settings: ${Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')}`,
    `Access to sites: ${facts.sites}`,
    `Kept on this computer: ${facts.kept === undefined ? 'unknown' : `${facts.kept} bytes`}`,
    `Service reachable: ${state?.reachable ?? 'unknown'}`,
    `Accounts: ${state?.accounts.length ?? 0}`,
    ...(state?.accounts ?? []).map(
      ({ service, ended, waiting, shown, clicks }) =>
        `  ${service}: ${[ended ? 'ended' : 'signed in', shown && 'shown', clicks && 'for clicks', `${waiting} waiting`].filter(Boolean).join(', ')}`,
    ),
    `Shares listed: ${state?.shares.length ?? 0}`,
    `Files on their way: ${state?.jobs.length ?? 0}`,
    ...(state?.jobs ?? []).map(
      (job) =>
        `  ${[job.state, job.reason?.kind, job.failure?.code, job.size !== undefined && `${job.size} bytes`].filter(Boolean).join(', ')}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
