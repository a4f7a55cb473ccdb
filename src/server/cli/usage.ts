/** The command line as people see it; `arguments.ts` parses exactly this. */
export const HELP = `gett-server: a Ge.tt-compatible file-sharing server

Usage:
  gett-server serve [options]
      Runs the server and prints "listening on URL" when it is ready.
      --host HOST            address to listen on (default 127.0.0.1; 0.0.0.0 for all)
      --port PORT            port, 0 for any free one (default 4380)
      --public-url URL       origin in the links, for example https://share.example.org
                             (default: where the server listens)
      --blob-url URL         origin of the bytes, to keep foreign content away from the
                             pages (default: the public URL); it must reach this server too
      --storage-limit BYTES  storage of a user without a limit of their own
                             (default 2000000000)
      --more-storage URL     page where users get more; who has no room left is led there
      --accounts URL         page where people get an account or a new password (default: a
                             page of the server that says to ask whoever runs it)
      --anonymous            lets people share without an account, within these limits:
      --anonymous-size BYTES   all files of one share (default 100000000)
      --anonymous-files COUNT  files from one address in an hour (default 100)
      --anonymous-days DAYS    after so many days a share is removed (default 7)
      --live-connections COUNT  Live connections that are taken at once (default 20000)
      --live-per-user COUNT     ... of one user (default 200)
      --behind-proxy         believe the last address in X-Forwarded-For; only behind a
                             proxy of your own that sets it, or anybody could write it
      --log-level LEVEL      fatal, error, warn, info, debug, trace or silent (default info);
                             the log is written to standard error as JSON lines

  gett-server user add EMAIL --name NAME [--password-stdin] [--storage-limit BYTES]
      Adds a user. The password, 8 characters or more, is asked for, or read as the first
      line of standard input.
  gett-server user passwd EMAIL [--password-stdin]
      Sets a new password and signs the user out everywhere.

  gett-server app add NAME
      Registers an application and prints its id and its API key, which is not shown again.
  gett-server app list
      Lists applications: id, state, date, name.
  gett-server app revoke ID
      Ends the API key and every sign-in made with it.

  gett-server file remove SHARENAME FILEID --reason TEXT
      Removes a file for abuse: its bytes go, running downloads are cut off, and its owner is told
      the reason. A running server does this within a second.

Every command:
  --data DIR    data folder (default ./gett-data); made when it is missing
  --help        this text
  --version     the version

User, app and file commands may be used while the server runs.
`;
