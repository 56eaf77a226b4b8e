"""The command `sojourn`: every command with the line that describes it."""

import sys
from collections.abc import Sequence

from sojourn.cli.failing import told
from sojourn.cli.family import Entry, Family

COMMANDS: dict[str, Entry | Family] = {
    "init": Entry("sojourn.cli.starting:init", "Prepare a site: key, database, plan, first officer.", False),
    "serve": Entry("sojourn.cli.serving:serve", "Serve the site."),
    "demo": Entry("sojourn.cli.demo.command:demo", "Carry out the example programme."),
    "plan": Family(
        "plan",
        "Check, load and show a plan.",
        {
            "check": Entry("sojourn.cli.planning:check", "Name every contradiction of a plan file.", False),
            "load": Entry("sojourn.cli.plan_loading:load", "Load a plan file as the next version."),
            "show": Entry("sojourn.cli.plan_loading:show", "Show the plan in force and its versions."),
        },
    ),
    "import": Entry("sojourn.cli.importing:import_file", "Import a sheet: organisations, openings, ..."),
    "run": Entry("sojourn.cli.rounds:app", "Announce, freeze and draw a round."),
    "verify": Entry("sojourn.cli.proving:verify", "Recompute a published proof.", False),
    "verify-log": Entry("sojourn.cli.trail_checking:verify_log", "Recompute the logs of acts and of reads."),
    "solve": Entry("sojourn.cli.solving:solve", "Solve an allocation problem given as JSON.", False),
    "bulletin": Entry("sojourn.cli.bulletins:app", "Draft, publish and print bulletins."),
    "access": Entry("sojourn.cli.access:access", "Print who may open which page."),
    "worker": Entry("sojourn.cli.operating:worker", "Carry out background jobs as they fall due."),
    "tick": Entry("sojourn.cli.operating:tick", "Do the nightly work now."),
    "retention": Entry("sojourn.cli.retention:retention", "Count what the nightly clock would let go."),
    "backup": Entry("sojourn.cli.keeping:backup", "Copy the database to a file, and prove the copy."),
    "restore": Entry("sojourn.cli.keeping:restore", "Bring a backup back."),
    "mail": Family(
        "mail",
        "Send what waits in the outbox, take back what failed.",
        {
            "send": Entry("sojourn.cli.mailing:send", "Send now what is due."),
            "returned": Entry("sojourn.cli.mailing:returned", "Note a mail that came back."),
            "status": Entry("sojourn.cli.mailing:status", "Say how mail is doing."),
        },
    ),
    "keys": Family(
        "keys",
        "Make and change the keys of encrypted columns.",
        {
            "new": Entry("sojourn.cli.key_making:new", "Print a new key.", False),
            "rotate": Entry("sojourn.cli.keys:rotate", "Write what is encrypted anew with the newest key."),
        },
    ),
    "doctor": Entry(
        "sojourn.cli.diagnosing:doctor", "Say what the site lacks and what to do about it.", False
    ),
}

sojourn = Family("sojourn", "Runs large youth programmes: from a published plan to every figure.", COMMANDS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error that a person can mend is one sentence on the standard error."""
    try:
        sojourn.main(args=arguments, prog_name="sojourn")
    except Exception as error:
        sentence = told(error)
        if sentence is None:
            raise
        words, code = sentence
        sys.stderr.write(f"sojourn: {words}\n")
        raise SystemExit(code) from error
