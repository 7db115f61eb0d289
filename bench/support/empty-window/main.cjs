const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

// What Electron itself takes: one window with one line of text.
app
  .whenReady()
  .then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile(join(__dirname, 'index.html')));
app.on('window-all-closed', () => app.quit());
