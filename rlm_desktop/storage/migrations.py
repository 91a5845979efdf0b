"""How the database came to be what it is. Add at the end; never change what was released."""

from sqlite_utils import Database, Migrations

migrations = Migrations("rlm_desktop")


@migrations()
def m001_runs_and_events(db: Database) -> None:
    """`events` is the truth, `runs` sums up what a list shows.

    AUTOINCREMENT, so that the number of a run that was removed is never given to another one.
    `writer` and `writer_started` name the process that makes the run, see `storage.writer`.
    """
    db.executescript(
        """
        create table runs (
          id integer primary key autoincrement,
          question text not null,
          model text not null,
          documents text not null,
          outcome text,
          status text,
          answer text,
          coverage real not null default 0,
          seconds real not null default 0,
          calls integer not null default 0,
          turns integer not null default 0,
          started_at text not null,
          ended_at text,
          deleted_at text,
          writer integer not null,
          writer_started real not null
        );
        create table events (
          run integer not null references runs (id),
          number integer not null,
          kind text not null,
          path text,
          at text not null,
          body text not null,
          primary key (run, number)
        );
        create table texts (
          hash text primary key,
          body not null
        );
        """
    )


@migrations()
def m002_search(db: Database) -> None:
    """The same word with and without its accents is one word."""
    db.table("runs").enable_fts(
        ["question", "answer"], create_triggers=True, tokenize="unicode61 remove_diacritics 2"
    )


@migrations()
def m003_call_cache(db: Database) -> None:
    """Answers that were paid for once: `usage` is JSON."""
    db.executescript(
        """
        create table call_cache (
          model_hash text not null,
          parameters text not null,
          prompt_hash text not null,
          answer not null,
          usage text not null,
          primary key (model_hash, parameters, prompt_hash)
        );
        """
    )


@migrations()
def m004_views(db: Database) -> None:
    """For people who look with other tools; the program itself reads the events."""
    db.create_view("calls", _CALLS)
    db.create_view("turns", _TURNS)


@migrations()
def m005_names_and_pins(db: Database) -> None:
    """What the user calls a run, and whether it stays at the top of the list."""
    db.execute("alter table runs add column title text not null default ''")
    db.execute("alter table runs add column pinned integer not null default 0")


# In a body, a long string is {"text": hash}; json_extract gives NULL for it at '$.prompt.text'
# where the string is short enough to stand in the body itself.
_CALLS = """
select started.run, started.path,
  json_extract(started.body, '$.kind') as kind,
  coalesce(
    (select body from texts where hash = json_extract(started.body, '$.prompt.text')),
    json_extract(started.body, '$.prompt')
  ) as prompt,
  json_extract(ended.body, '$.outcome') as outcome,
  coalesce(
    (select body from texts where hash = json_extract(ended.body, '$.answer.text')),
    json_extract(ended.body, '$.answer')
  ) as answer,
  (select count(*) from events as reply where reply.run = started.run
    and reply.path = started.path and reply.kind = 'ReplyEnded') as replies,
  started.at as started_at,
  ended.at as ended_at
from events as started
left join events as ended
  on ended.run = started.run and ended.path = started.path and ended.kind = 'CallEnded'
where started.kind = 'CallStarted'
"""

_TURNS = """
select run, path, number, at,
  coalesce(
    (select body from texts where hash = json_extract(events.body, '$.text.text')),
    json_extract(events.body, '$.text')
  ) as reply,
  json_extract(body, '$.usage.prompt_tokens') as prompt_tokens,
  json_extract(body, '$.usage.reply_tokens') as reply_tokens,
  json_extract(body, '$.usage.cached_tokens') as cached_tokens,
  json_extract(body, '$.usage.seconds') as seconds
from events where kind = 'ReplyEnded'
"""
