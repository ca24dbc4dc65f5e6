# SPDX-License-Identifier: GPL-3.0-or-later
"""Flash and NVRAM: copy, delete, dir, more, verify, write."""

import hashlib

from ..exec_state import Run, command

_ABSENT = "%Error opening {} (No such file or directory)\n"


def _quiet(run: Run) -> bool:
    return run.session.kind == "exec" or run.device.running.root.get("file prompt quiet") is not None


async def _destination(run: Run, default: str) -> str:
    if _quiet(run):
        return default
    answer = await run.session.ask(f"Destination filename [{default}]? ")
    return answer.strip() or default


def _copied(data: bytes) -> str:
    return f"{len(data)} bytes copied in 0.433 secs ({int(len(data) / 0.433)} bytes/sec)\n"


def _is_flash(name: str) -> bool:
    return ":" not in name or name.startswith(("flash:", "bootflash:", "flash0:"))


@command
async def copy_to_startup(run: Run) -> str | None:
    await _destination(run, "startup-config")
    run.device.save(run.session.user)
    return "Building configuration...\n[OK]\n"


@command
async def write_memory(run: Run) -> str | None:
    run.device.save(run.session.user)
    return "Building configuration...\n[OK]\n"


@command
async def write_erase(run: Run) -> str | None:
    key = await run.session.ask_key(
        "Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]"
    )
    if key not in "\r\nyY":
        return "\n"
    run.device.saved = ""
    return "\n[OK]\nErase of nvram: complete\n"


@command
async def copy_startup(run: Run) -> str | None:
    await _destination(run, "running-config")
    text = run.device.saved or ""
    return run.device.apply_file(text, run.session) + _copied(text.encode())


@command
async def copy_file_to_running(run: Run) -> str | None:
    name = run.words[1]
    await _destination(run, "running-config")
    data = run.device.files.get(run.device.file_name(name))
    if data is None:
        return _ABSENT.format(name)
    if run.device.lock.refusal(run.vty.line):
        return run.device.lock.refusal(run.vty.line)
    return run.device.apply_file(data.decode("utf-8", "replace"), run.session) + _copied(data)


@command
async def copy_file_to_startup(run: Run) -> str | None:
    name = run.words[1]
    await _destination(run, "startup-config")
    data = run.device.files.get(run.device.file_name(name))
    if data is None:
        return _ABSENT.format(name)
    run.device.saved = data.decode("utf-8", "replace")
    return "[OK]\n" + _copied(data)


async def _to_file(run: Run, data: bytes, target: str) -> str | None:
    if not _is_flash(target):
        return f"%Error opening {target} (Undefined error)\n"
    default = run.device.file_name(target) or f"{run.device.running.hostname.lower()}-confg"
    name = await _destination(run, default)
    if name in run.device.files and not _quiet(run):
        key = await run.session.ask_key(
            "%Warning:There is a file already existing with this name\nDo you want to over write? [confirm]"
        )
        await run.session.write("\n")
        if key not in "\r\nyY":
            return "%Error copying (Copy aborted)\n"
    run.device.files[name] = data
    return _copied(data)


@command
async def copy_running_to_file(run: Run) -> str | None:
    return await _to_file(run, run.device.saved_form().encode(), run.words[2])


@command
async def copy_startup_to_file(run: Run) -> str | None:
    return await _to_file(run, (run.device.saved or "").encode(), run.words[2])


@command
async def copy_file(run: Run) -> str | None:
    data = run.device.files.get(run.device.file_name(run.words[1]))
    if data is None:
        return _ABSENT.format(run.words[1])
    return await _to_file(run, data, run.words[2])


@command
async def delete(run: Run) -> str | None:
    path = run.words[-1]
    name = run.device.file_name(path)
    if "/force" not in run.words and not _quiet(run):
        name = (await run.session.ask(f"Delete filename [{name}]? ")).strip() or name
        key = await run.session.ask_key(f"Delete flash:/{name}? [confirm]")
        await run.session.write("\n")
        if key not in "\r\nyY":
            return "Delete of flash:/" + name + " aborted!\n"
    if run.device.files.pop(name, None) is None:
        return f"%Error deleting flash:/{name} (No such file or directory)\n"
    return None


@command
async def more(run: Run) -> str | None:
    data = run.device.files.get(run.device.file_name(run.words[1]))
    if data is None:
        return _ABSENT.format(run.words[1])
    text = data.decode("utf-8", "replace").replace("\x03", "^C")
    return text if text.endswith("\n") else text + "\n"


@command
async def dir_files(run: Run) -> str | None:
    path = run.words[1] if run.words[0] == "dir" and len(run.words) > 1 else "flash:"
    if not _is_flash(path):
        return f"%Error opening {path} (Invalid argument)\n"
    wanted = run.device.file_name(path)
    files = run.device.files
    if wanted and wanted not in files:
        return f"%Error opening flash:/{wanted} (No such file or directory)\n"
    when = run.device.now()
    stamp = f"{when:%b} {when.day:2} {when.year} {when:%H:%M:%S} +00:00"
    rows = "".join(
        f"{number:>5}  -rwx  {len(data):>10}  {stamp}  {name}\n"
        for number, (name, data) in enumerate(sorted(files.items()), 2)
        if wanted in ("", name)
    )
    total = int(run.device.personality.flags.get("flash_bytes", 122185728))
    free = total - sum(len(data) for data in files.values())
    return f"Directory of flash:/{wanted}\n\n{rows}\n{total} bytes total ({free} bytes free)\n"


@command
async def pwd(run: Run) -> str | None:  # noqa: ARG001
    return "flash:/\n"


@command
async def verify(run: Run) -> str | None:
    name = run.words[2]
    data = run.device.files.get(run.device.file_name(name))
    if data is None:
        return f"%Error verifying {name} (No such file or directory)\n"
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if len(run.words) > 3:
        same = run.words[3].lower() == digest
        return (
            f"Verified ({name}) = {digest}\n" if same else f"%Error verifying {name}\nComputed signature  = {digest}\n"
        )
    return f"{'.' * 10}Done!\nverify /md5 ({name}) = {digest}\n"


@command
async def show_file_systems(run: Run) -> str | None:
    total = int(run.device.personality.flags.get("flash_bytes", 122185728))
    free = total - sum(len(data) for data in run.device.files.values())
    return (
        "File Systems:\n\n     Size(b)     Free(b)      Type  Flags  Prefixes\n"
        f"*{total:>11} {free:>11}     flash     rw   flash:\n"
        "      524288      481310     nvram     rw   nvram:\n"
    )
