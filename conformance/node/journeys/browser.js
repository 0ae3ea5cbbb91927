// A headless Chromium that is installed, and the site of a page that runs in it. The browser trusts
// the certificate of the server by its key, as the CA of the server has vouched for it to Node.
import { createHash, createPublicKey } from 'node:crypto';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { chromium } from 'playwright-core';
import { orgUrl } from './org.js';

function runs(program) {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The program, or undefined where none is installed: the journeys are skipped then, and say so. */
export const program = [
  process.env.OSTIARY_CHROMIUM,
  ...(process.env.PATH ?? '')
    .split(':')
    .flatMap((folder) =>
      ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)),
    ),
].find((each) => each && runs(each));

/** The SHA-256 of the public key of the server's certificate (RFC 7469, 2.4). */
function pin() {
  const { hostname, port } = new URL(orgUrl);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname }, () => {
      const { raw } = socket.getPeerX509Certificate();
      socket.end();
      const key = createPublicKey({
        key: `-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----`,
        format: 'pem',
      }).export({ type: 'spki', format: 'der' });
      resolve(createHash('sha256').update(key).digest('base64'));
    });
    socket.on('error', reject);
  });
}

/**
 * A profile of its own, whose frames have their cookies: the page and the server have one name here,
 * but not one scheme, so browsers that refuse the cookies of other sites would refuse them. Profiles
 * that are cheaper (incognito) always do.
 */
export async function startProfile() {
  const folder = mkdtempSync(join(tmpdir(), 'ostiary-profile-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(
    join(folder, 'Default', 'Preferences'),
    JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }),
  );
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: program,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--ignore-certificate-errors-spki-list=${await pin()}`,
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>An app of one page</title><script src="/okta-auth-js.js"></script>';

/** Serves one page at every path, and the official SDK as browsers get it. */
export function startSite() {
  const sdk = readFileSync(
    new URL('../node_modules/@okta/okta-auth-js/dist/okta-auth-js.min.js', import.meta.url),
  );
  const server = createServer((request, response) => {
    const script = request.url === '/okta-auth-js.js';
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
    response.end(script ? sdk : PAGE);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ origin: `http://localhost:${server.address().port}`, close: () => server.close() });
    });
  });
}
