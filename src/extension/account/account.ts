import { type GettErrorCode, isGettError } from '../../sdk/index.ts';
import { isNoRoom } from '../platform/no-room.ts';
import type { ServiceKind } from '../services/capabilities.ts';
import { ServiceError } from '../services/service-error.ts';
import type { Consent, ConsentQuestion, Profile, TokenPair } from '../services/share-service.ts';
import type { AddressProblem } from './server-address.ts';

export type AccountId = string;

/** What is remembered of an account. Its secrets are kept elsewhere, see the vault. */
export interface Account {
  /** Random; names the account's secrets. */
  id: AccountId;
  service: ServiceKind;
  /** For example `https://files.example.org`. */
  server: string;
  profile: Profile;
  /** The service has refused the secret: the user has to sign in again. */
  ended: boolean;
  /** Where files go at services that have several places: a bucket's id. */
  place?: string;
}

/** An account as jobs remember it, to be told from every other one. */
export interface Owner {
  server: string;
  /** Or the user name, where the service has no e-mail addresses. */
  email: string;
}

export function ownerOf({ server, profile }: Pick<Account, 'server' | 'profile'>): Owner {
  return { server, email: profile.email };
}

/** Whether two jobs, or a job and an account, belong together. */
export function sameOwner(a: Owner | undefined, b: Owner | undefined): boolean {
  return a?.server === b?.server && a?.email === b?.email;
}

export type SignInForm = PasswordForm | ConsentForm;

interface SignInPlace {
  service: ServiceKind;
  server: string;
  /** Besides the accounts that are there; otherwise one whose access has ended gives way. */
  add?: boolean;
}

interface PasswordForm extends SignInPlace {
  /** E-mail, user name, or the key of an API. */
  email: string;
  password: string;
}

/** The user has consented on the service's own page. */
interface ConsentForm extends SignInPlace {
  consent: Consent;
}

/** Before that: which application asks. */
export interface ConsentInquiry {
  service: ServiceKind;
  server: string;
  app: TokenPair;
}

export type SignInProblem =
  | AddressProblem
  | 'no-answer'
  | 'wrong-kind'
  | 'wrong-password'
  | 'not-activated'
  | 'server-trouble'
  | 'no-room'
  | 'unknown';

export type SignInRefusal = { ok: false; problem: SignInProblem };
export type SignInResult = { ok: true } | SignInRefusal;
export type ConsentResult = { ok: true; question: ConsentQuestion } | SignInRefusal;

const PROBLEMS: Partial<Record<GettErrorCode, SignInProblem>> = {
  'wrong-credentials': 'wrong-password',
  unauthorized: 'wrong-password',
  'access-denied': 'wrong-password',
  network: 'no-answer',
  timeout: 'no-answer',
  'invalid-answer': 'wrong-kind',
  'not-found': 'wrong-kind',
  server: 'server-trouble',
  'too-many-requests': 'server-trouble',
};

export function signInProblem(error: unknown): SignInProblem {
  if (error instanceof ServiceError && error.hint) return error.hint;
  if (isNoRoom(error)) return 'no-room';
  return (isGettError(error) && PROBLEMS[error.code]) || 'unknown';
}
