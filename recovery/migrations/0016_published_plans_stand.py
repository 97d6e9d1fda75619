"""The database itself refuses to change a published plan version; only its retirement is noted."""

from django.db import migrations

VERSION = "recovery_planversion"
PARTS = ("threshold", "phase", "criterion", "runlevel", "exercise", "prescribedexercise")
CONTENT = (
    "plan_id", "number", "revision", "based_on_id", "approval_note", "loss_reason", "extras", "digest",
    "created_at", "published_at", "published_by_id",
)
REFUSAL = "a published plan version never changes: edit a draft and publish it"


def changed(differs):
    return " or ".join(f"{differs(f'old.{name}', f'new.{name}')}" for name in CONTENT)


def on_sqlite():
    differs = changed(lambda old, new: f"{old} is not {new}")
    stop = f"begin select raise(abort, '{REFUSAL}'); end"
    moved = f"(new.status <> old.status and not (old.status = 'published' and new.status = 'retired')) or {differs}"
    yield f"create trigger plan_version_stands before update on {VERSION} when old.published_at is not null and ({moved}) {stop}"
    yield f"create trigger plan_version_stays before delete on {VERSION} when old.published_at is not null {stop}"
    for part in PARTS:
        for act, row in (("insert", "new"), ("update", "old"), ("delete", "old")):
            published = f"(select published_at from {VERSION} where id = {row}.version_id) is not null"
            yield f"create trigger plan_{part}_no_{act} before {act} on recovery_{part} when {published} {stop}"


def on_postgresql():
    differs = changed(lambda old, new: f"{old}::text is distinct from {new}::text")
    yield f"""
create function backstride_version_stands() returns trigger language plpgsql as $$ begin
  if tg_op = 'DELETE' then
    if old.published_at is not null then raise exception '{REFUSAL}'; end if;
    return old;
  end if;
  if old.published_at is not null and (
    (new.status <> old.status and not (old.status = 'published' and new.status = 'retired')) or {differs}
  ) then raise exception '{REFUSAL}'; end if;
  return new;
end $$
"""
    yield f"""
create function backstride_plan_part_stands() returns trigger language plpgsql as $$
declare version_id bigint;
begin
  if tg_op = 'INSERT' then version_id := new.version_id; else version_id := old.version_id; end if;
  if (select v.published_at from {VERSION} v where v.id = version_id) is not null then
    raise exception '{REFUSAL}';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$
"""
    yield (
        f"create trigger plan_version_stands before update or delete on {VERSION} "
        "for each row execute function backstride_version_stands()"
    )
    for part in PARTS:
        yield (
            f"create trigger plan_{part}_stands before insert or update or delete on recovery_{part} "
            "for each row execute function backstride_plan_part_stands()"
        )


def guard(apps, editor):
    make = {"sqlite": on_sqlite, "postgresql": on_postgresql}[editor.connection.vendor]
    for statement in make():
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("recovery", "0015_publishing")]
    operations = [migrations.RunPython(guard, elidable=False)]
