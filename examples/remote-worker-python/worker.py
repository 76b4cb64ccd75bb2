"""A fulfillment provider in Python: seats in halls, sold by payonce and handed out here.

It is told the id of a grant and nothing else, reads over HTTP what was bought, and stores what it handed out there before it says so.
"""

import asyncio
import json
import os
import signal
import sqlite3
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

PAYONCE_URL = os.environ["PAYONCE_URL"]
PROVIDER_KEY = os.environ["PAYONCE_PROVIDER_KEY"]
DATABASE = os.environ.get("SEATS_DATABASE", "seats.sqlite")


def payonce(method, path, body=None):
    """Calls payonce. Failures go into Temporal's history, so they say codes and never what anybody wrote."""
    request = urllib.request.Request(
        f"{PAYONCE_URL}/provider/grants/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"authorization": f"Bearer {PROVIDER_KEY}", "content-type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        final = refused.code in (400, 401, 404, 409, 422)
        raise ApplicationError("refused", type=f"payonce_{refused.code}", non_retryable=final) from None
    except OSError:
        raise ApplicationError("unreachable", type="payonce_unreachable") from None


def seats(statement, *values):
    with closing(sqlite3.connect(DATABASE, timeout=10)) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS seats (number INTEGER PRIMARY KEY, grant_id TEXT UNIQUE, hall TEXT)")
        return database.execute(statement, values).fetchone()


def seat_for(grant):
    """The same grant has the same seat, however often it is asked for."""
    seats("INSERT OR IGNORE INTO seats (grant_id, hall) VALUES (?, ?)", grant["id"], grant["settings"]["hall"])
    return seats("SELECT hall || number FROM seats WHERE grant_id = ?", grant["id"])[0]


def give_up_seat(grant_id):
    seats("DELETE FROM seats WHERE grant_id = ?", grant_id)


@activity.defn(name="fulfillGrant")
def fulfill_grant(asked: dict) -> dict:
    """Called at least once per grant; what is done already is left as it is."""
    grant = payonce("GET", asked["grant"])
    if grant["work"] != "fulfill":
        return {"status": "delivered" if grant["status"] == "delivered" else "failed", "code": "nothing_to_do"}
    seat = seat_for(grant)
    items = [{"label": "Your seat", "value": seat}]
    try:
        payonce("POST", f"{grant['id']}/delivery", {"outcome": "delivered", "content": {"kind": "content", "items": items}})
    except ApplicationError as refused:
        if refused.type == "payonce_409":  # Access ended meanwhile.
            give_up_seat(grant["id"])
        raise
    print(f"delivered {grant['id']}", flush=True)
    return {"status": "delivered"}


@activity.defn(name="revokeGrant")
def revoke_grant(asked: dict) -> dict:
    """Called at least once when access ends, also for what was never delivered."""
    give_up_seat(asked["grant"])
    payonce("POST", f"{asked['grant']}/revocation", {})
    print(f"revoked {asked['grant']}", flush=True)
    return {"status": "revoked"}


async def main():
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    client = await Client.connect(
        os.environ["TEMPORAL_ADDRESS"], namespace=os.environ.get("TEMPORAL_NAMESPACE", "payonce")
    )
    with ThreadPoolExecutor(max_workers=8) as executor:
        worker = Worker(
            client,
            task_queue=os.environ["TASK_QUEUE"],
            activities=[fulfill_grant, revoke_grant],
            activity_executor=executor,
            graceful_shutdown_timeout=timedelta(seconds=20),
        )
        async with worker:
            print("working", flush=True)
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
