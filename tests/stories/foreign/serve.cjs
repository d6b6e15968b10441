// Serves somebody else's emulator of the Bot API (telegram-test-api) on the port given, until it is ended.
const TelegramServer = require("telegram-test-api");

const port = Number(process.argv[2]);
const server = new TelegramServer({ host: "127.0.0.1", port, storeTimeout: 3600 });
server.start().then(() => console.log(`listening on ${port}`));
