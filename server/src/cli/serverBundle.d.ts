// The server's bundle lies beside the command line's in `dist/`; importing it starts the server.
declare module './server.node.cjs' {}
