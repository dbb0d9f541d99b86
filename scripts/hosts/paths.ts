import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, absolute. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where the package files of the hosts are kept under version control. */
export const hostSources = join(projectRoot, 'scripts', 'hosts');

/**
 * Where the editors are installed, absolute. `DESIGN_ANSWERS_HOSTS` names another folder, so that several clones can share
 * one installation.
 */
export const hostsRoot = resolve(process.env['DESIGN_ANSWERS_HOSTS'] ?? join(projectRoot, '.hosts'));
