// The server's bundle, which lies beside the command line's in `dist/`. Importing it starts the server; it exports nothing.
export {};
