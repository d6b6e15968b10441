"""The baseline: a voting bot as tutorials write it (PTB Application, run_polling or run_webhook, ORM, a commit per vote).

It is deliberately ordinary: nothing is made slower than the documentation of its libraries shows. Run by benchmarks/votes.py:
    python benchmarks/tutorial_bot.py TOKEN API_URL DATABASE_FILE [WEBHOOK_PORT SECRET]
"""

import sys

from sqlalchemy import UniqueConstraint, event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import Field, SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

OPTIONS = ("Oui", "Non", "Sans avis")


class Vote(SQLModel, table=True):
    """One vote of one person."""

    __table_args__ = (UniqueConstraint("poll_id", "telegram_id"),)
    id: int | None = Field(default=None, primary_key=True)
    poll_id: int
    telegram_id: int
    choice: int


async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Show the ballot."""
    keyboard = [[InlineKeyboardButton(option, callback_data=str(i))] for i, option in enumerate(OPTIONS)]
    await update.message.reply_text("Le bus passe-t-il assez souvent ?", reply_markup=InlineKeyboardMarkup(keyboard))


async def vote(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Keep the vote, answer the press, show the choice."""
    query = update.callback_query
    choice = int(query.data)
    async with AsyncSession(context.bot_data["engine"]) as session:
        found = await session.exec(select(Vote).where(Vote.poll_id == 1, Vote.telegram_id == query.from_user.id))
        row = found.first() or Vote(poll_id=1, telegram_id=query.from_user.id, choice=choice)
        row.choice = choice
        session.add(row)
        await session.commit()
    await query.answer("C’est noté !")
    await query.edit_message_text(f"Votre choix : {OPTIONS[choice]}", reply_markup=query.message.reply_markup)


def durable(connection: object, _: object) -> None:
    """The same promise to the disk as ours: WAL, a sync at every commit."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def main() -> None:
    """Run until killed."""
    token, api_url, database, *webhook = sys.argv[1:]
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    event.listen(engine.sync_engine, "connect", durable)

    async def prepare(application: Application) -> None:
        async with engine.begin() as connection:
            await connection.run_sync(SQLModel.metadata.create_all)
        application.bot_data["engine"] = engine

    application = Application.builder().token(token).base_url(f"{api_url}/bot").post_init(prepare).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(vote))
    if webhook:
        port, secret = int(webhook[0]), webhook[1]
        application.run_webhook(
            "127.0.0.1", port, "hook", webhook_url=f"http://127.0.0.1:{port}/hook", secret_token=secret
        )
    else:
        application.run_polling()


if __name__ == "__main__":
    main()
