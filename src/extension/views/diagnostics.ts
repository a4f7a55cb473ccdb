import type { JobView, ViewState } from '../background/view-state.ts';
import type { Settings } from '../settings/settings.ts';

/** What runs where. */
export interface Program {
  version: string;
  /** As the browser names itself. */
  userAgent: string;
  language: string;
}

export interface DiagnosticFacts extends Program {
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
    ...programLines(facts),
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

/** The same about one file that stands still. */
export function problemText(job: JobView, program: Program): string {
  const { state, reason, failure, link, size, sent, tries } = job;
  const trace = failure?.detail ?? reason?.trace;
  const lines = [
    `State: ${state}`,
    ...(failure ? [`Failure: ${failure.code}`] : []),
    ...(reason ? [`Waits for: ${reason.kind}${'why' in reason ? `, ${reason.why}` : ''}`] : []),
    ...(trace === undefined ? [] : [`Cause: ${trace}`]),
    ...(tries === undefined ? [] : [`Tries: ${tries}`]),
    ...(size === undefined ? [] : [`Size: ${size} bytes`]),
    ...(sent === undefined ? [] : [`Sent: ${sent} bytes`]),
    `Link: ${job.url === undefined ? `not yet (${link})` : 'yes'}`,
    ...programLines(program),
  ];
  return `${lines.join('\n')}\n`;
}

function programLines({ version, userAgent, language }: Program): string[] {
  return [`Ge.tt Share ${version}`, `Browser: ${userAgent}`, `Language: ${language}`];
}
