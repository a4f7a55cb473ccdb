import { type Kysely, type Migration, type MigrationProvider, sql } from 'kysely';

/** Runs each statement of a schema change in turn. */
function statements(...list: string[]): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of list) await sql.raw(statement).execute(db);
    },
  };
}

/**
 * Every schema change since the first release, oldest first. A released entry never changes:
 * its name in the data folder says that it has been applied.
 */
const migrations: Record<string, Migration> = {
  '0001_accounts_shares_files': statements(
    `create table settings (name text primary key, value text not null) strict, without rowid`,
    `create table users (
       user_id integer primary key,
       public_id text not null unique,
       email text not null unique,
       fullname text not null,
       password_hash text not null,
       token_epoch integer not null default 0,
       storage_used integer not null default 0,
       storage_limit integer,
       created_at integer not null
     ) strict`,
    `create table apps (
       app_id integer primary key,
       name text not null,
       key_hash text not null unique,
       created_at integer not null,
       revoked_at integer
     ) strict`,
    `create table shares (
       share_id integer primary key,
       sharename text not null unique,
       owner_id integer not null references users,
       title text,
       next_fileid integer not null default 0,
       created_at integer not null,
       removed_at integer
     ) strict`,
    `create index shares_by_owner on shares (owner_id, share_id desc)`,
    `create table files (
       share_id integer not null references shares,
       fileid integer not null,
       filename text not null,
       session text,
       state text not null,
       blob_id text,
       downloads integer not null default 0,
       created_at integer not null,
       primary key (share_id, fileid)
     ) strict, without rowid`,
    `create table uploads (
       share_id integer not null,
       fileid integer not null,
       blob_id text not null unique,
       declared_size integer,
       reserved integer not null,
       started_at integer not null,
       primary key (share_id, fileid)
     ) strict, without rowid`,
    `create table blobs (
       blob_id text primary key,
       size integer not null,
       created_at integer not null
     ) strict, without rowid`,
    `create table trash (blob_id text primary key) strict, without rowid`,
  ),
  '0002_sessions': statements(
    `create index files_by_session on files (session, created_at) where session is not null`,
  ),
  '0003_announced_sizes': statements(`alter table files add column announced_size integer`),
  '0004_violations': statements(
    `create table violations (
       violation_id integer primary key,
       share_id integer not null,
       fileid integer not null,
       reason text not null,
       created_at integer not null,
       taken_at integer
     ) strict`,
    `create index violations_to_take on violations (violation_id) where taken_at is null`,
  ),
  '0005_resumable_uploads': statements(
    `alter table uploads add column durable_offset integer`,
    `alter table uploads add column progress_at integer`,
    `create index uploads_by_progress on uploads (progress_at) where progress_at is not null`,
  ),
  '0006_anonymous': statements(
    `alter table users add column anonymous integer not null default 0`,
    `create index anonymous_users on users (created_at) where anonymous = 1`,
    `alter table shares add column expires_at integer`,
    `create index shares_by_expiry on shares (expires_at)
       where expires_at is not null and removed_at is null`,
  ),
  // With row ids: large rows make the other kind of table slow, https://www.sqlite.org/withoutrowid.html
  '0007_small_blobs': statements(
    `create table small_blobs (blob_id text primary key, bytes blob not null) strict`,
  ),
};

export const migrationNames: readonly string[] = Object.keys(migrations);

export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve(migrations),
};
