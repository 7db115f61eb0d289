import './support/check-node.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { sandboxArguments } from './support/display.mjs';
import { findChromium } from './support/find-chromium.mjs';
import { icnsOf, icoOf } from './support/icon-files.mjs';
import { projectRoot } from './support/project.mjs';

// Renders packaging/icon.{png,ico,icns} and packaging/icons/ from renderer/icon.svg. They are committed, so
// that building an installer needs no browser.
const svg = readFileSync(join(projectRoot, 'renderer', 'icon.svg'), 'utf8');
const folder = join(projectRoot, 'packaging');
/** The share of the icon that macOS fills; the rest is its margin. */
const macShare = 824 / 1024;

const executablePath = await findChromium();
if (!executablePath) throw new Error('No Chromium found: set PANEL_CHROMIUM to one.');
const browser = await chromium.launch({ executablePath, args: sandboxArguments(executablePath).args });
const page = await browser.newPage();

async function draw(size, share = 1) {
  await page.setViewportSize({ width: size, height: size });
  const art = `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}" style="width:${share * 100}vw">`;
  await page.setContent(`<body style="margin:0;height:100vh;display:grid;place-items:center">${art}</body>`);
  await page.locator('img').evaluate((image) => image.decode());
  return page.screenshot({ omitBackground: true });
}

async function drawAll(sizes, share) {
  const pictures = [];
  for (const size of sizes) pictures.push({ size, png: await draw(size, share) });
  return pictures;
}

mkdirSync(join(folder, 'icons'), { recursive: true });
for (const { size, png } of await drawAll([16, 32, 48, 64, 128, 256, 512]))
  writeFileSync(join(folder, 'icons', `${size}x${size}.png`), png);
writeFileSync(join(folder, 'icon.png'), await draw(512));
writeFileSync(join(folder, 'icon.ico'), icoOf(await drawAll([16, 24, 32, 48, 64, 128, 256])));
writeFileSync(join(folder, 'icon.icns'), icnsOf(await drawAll([32, 64, 128, 256, 512, 1024], macShare)));
await browser.close();
