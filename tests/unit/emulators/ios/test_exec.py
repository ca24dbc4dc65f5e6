# SPDX-License-Identifier: GPL-3.0-or-later
"""EXEC commands over SSH: showing, files, probes, privileges."""

import hashlib
import re

import paramiko
import pytest


def test_running_config_with_its_volatile_parts(switch, dial):
    terminal = dial(switch)
    terminal.run("terminal length 0")
    first = terminal.run("show running-config")
    assert re.match(
        r"Building configuration...\n\nCurrent configuration : \d+ bytes\n!\nversion 15.2\nno service pad\n", first
    )
    assert first.endswith("!\nend\n")
    for line in ("configure terminal", "interface gi1/0/1", "description x", "end", "write memory"):
        terminal.run(line)
    switch.advance(3600)
    second = terminal.run("show running-config")
    when = r"\d\d:\d\d:\d\d WIB \w{3} \w{3} \d+ \d{4} by admin"
    assert re.search(f"\n! Last configuration change at {when}\n! NVRAM config last updated at {when}\n!\n", second)
    clocks = [re.search(r"ntp clock-period (\d+)", text)[1] for text in (first, second)]
    assert clocks[0] != clocks[1]
    assert "clock-period" not in switch.config()
    assert "description x" in terminal.run("show startup-config")


def test_startup_differs_until_saved(switch, dial):
    terminal = dial(switch)
    for line in ("configure terminal", "hostname baru", "end"):
        terminal.run(line)
    assert "hostname sw-dinkes" in switch.startup()
    assert "-hostname sw-dinkes\n+hostname baru" in terminal.run("show archive config differences")
    terminal.run("copy running-config startup-config", prompt=r"Destination filename \[startup-config\]\? $")
    assert "Building configuration...\n[OK]" in terminal.run("")
    assert switch.startup() == switch.config()


def test_filters(switch, dial):
    terminal = dial(switch)
    terminal.run("terminal length 0")
    assert (
        terminal.run("show running-config | include ^hostname|domain-name")
        == "hostname sw-dinkes\nip domain-name contoh.go.id"
    )
    section = terminal.run("show running-config | section ^line vty 0")
    assert section.split("\n")[0] == "line vty 0 4"
    assert all(line.startswith(" ") for line in section.split("\n")[1:])
    assert terminal.run("show running-config | begin ^ntp").split("\n")[0].startswith("ntp ")
    assert "interface" not in terminal.run("sh run | e interface")
    assert "= 26" in terminal.run("show running-config | count ^interface GigabitEthernet")
    assert "% Invalid input" in terminal.run("show running-config | zzz x")
    assert "% Incomplete command." in terminal.run("show running-config | include")


def test_exec_channel_runs_one_command_and_hangs_up(switch, dial):
    terminal = dial(switch, shell=False)
    shown = terminal.execute("show running-config")
    assert shown.startswith("\nBuilding configuration...")
    assert "--More--" not in shown
    assert shown.endswith("end\n\n")
    terminal.transport.join(5)
    assert not terminal.transport.is_active()
    switch.wait_for(lambda box: box.log.entries[-1].kind == "logout")


def test_exec_channel_has_the_accounts_privilege(switch, dial):
    shown = dial(switch, "teknisi", "cisco", shell=False).execute("show running-config")
    assert "% Invalid input detected at '^' marker." in shown
    assert "Current privilege level is 1" in dial(switch, "teknisi", "cisco", shell=False).execute("show privilege")


def test_enable(switch, dial):
    terminal = dial(switch, "teknisi", "cisco")
    assert "% Invalid input" in terminal.run("configure terminal")
    terminal.send("enable\n")
    for _ in range(3):
        terminal.expect("Password: ")
        terminal.send("salah\n")
    assert "% Bad secrets" in terminal.expect("sw-dinkes>$")
    terminal.send("enable\n")
    terminal.expect("Password: ")
    terminal.send("rahasia-enable\n")
    shown = terminal.expect("sw-dinkes#$")
    assert "rahasia" not in shown
    assert all("rahasia" not in entry.text for entry in switch.log())
    terminal.run("disable")
    assert terminal.run("show privilege") == "Current privilege level is 1"


def test_prompts(switch, dial):
    terminal = dial(switch)
    terminal.run("configure terminal", prompt=r"^sw-dinkes\(config\)#$")
    terminal.run("hostname nama-yang-panjangnya-lebih-dari-dua-puluh", prompt=r"^nama-yang-panjangnya\(config\)#$")
    # The whole prompt keeps within 30 characters.
    terminal.run("ip access-list extended X", prompt=r"^nama-yang-panjangnya\(config-\)#$")
    terminal.run("end", prompt=r"^nama-yang-panjangnya-lebih-dari-dua-puluh#$")
    terminal.run("configure terminal")
    terminal.run("hostname r", prompt=r"^r\(config\)#$")
    terminal.run("ip access-list extended X", prompt=r"^r\(config-ext-nacl\)#$")
    terminal.run("interface range gi1/0/1-2", prompt=r"^r\(config-if-range\)#$")


def test_long_lines_scroll_on_a_narrow_terminal(switch, dial):
    terminal = dial(switch, shell=False).shell(width=80)
    terminal.run("configure terminal")
    text = "description " + "x" * 90
    terminal.run("interface gi1/0/1")
    terminal.send(text + "\n")
    assert "$xxx" in terminal.expect(r"\(config-if\)#$")
    assert " " + text in switch.config()


def test_question_mark_helps_at_once(switch, dial):
    terminal = dial(switch)
    terminal.send("show arch?")
    assert "archive" in terminal.expect(r"show arch$")
    terminal.send("ive ?")
    shown = terminal.expect(r"show archive $")
    assert "<cr>" in shown
    assert "config" in shown
    terminal.send("\x15")
    terminal.run("")


def test_copy_a_file_into_the_running_configuration(switch, dial):
    terminal = dial(switch)
    text = (
        "interface gi1/0/1\n description dari berkas\nbogus satu\nhostname lewat berkas\n"
        "vlan 300\n name baru\nend\nhostname sisa\n"
    )
    switch.ask(lambda box: box.files.update({"ubah.cfg": text.encode()}))
    terminal.run("copy flash:ubah.cfg running-config", prompt=r"Destination filename \[running-config\]\? $")
    shown = terminal.run("")
    assert shown == (
        "bogus satu\n  ^\n% Invalid input detected at '^' marker.\n\n"
        "hostname lewat berkas\n               ^\n% Invalid input detected at '^' marker.\n\n"
        f"{len(text)} bytes copied in 0.433 secs ({int(len(text) / 0.433)} bytes/sec)"
    )
    config = switch.config()
    # It went on after the errors and stopped at the end.
    assert " description dari berkas" in config
    assert "vlan 300\n name baru" in config
    assert "hostname sw-dinkes" in config
    applied = [entry.text for entry in switch.log() if entry.kind == "applied"]
    assert applied[0] == "interface gi1/0/1"


def test_copy_is_quiet_when_told_so(switch, dial):
    terminal = dial(switch)
    for line in ("configure terminal", "file prompt quiet", "end"):
        terminal.run(line)
    switch.ask(lambda box: box.files.update({"a": b"hostname cepat\n"}))
    assert "15 bytes copied" in terminal.run("copy flash:a running-config")
    assert "hostname cepat" in switch.config()


def test_a_line_of_a_file_may_be_made_to_fail(switch, dial):
    from emulators.core import ImportFailsAt

    switch.ask(lambda box: box.files.update({"a": b"hostname satu\nip domain-name dua.id\nlogging facility local3\n"}))
    switch.fault(ImportFailsAt(2))
    terminal = dial(switch)
    terminal.run("copy flash:a running-config", prompt=r"\]\? $")
    assert "ip domain-name dua.id\n^\n% Invalid input" in terminal.run("")
    config = switch.config()
    assert "hostname satu" in config
    assert "dua.id" not in config
    assert "logging facility local3" in config


def test_files(switch, dial):
    terminal = dial(switch)
    switch.ask(lambda box: box.files.update({"a.cfg": b"isi\n"}))
    listing = terminal.run("dir flash:")
    assert listing.startswith("Directory of flash:/")
    assert re.search(r"-rwx +4  .* a\.cfg", listing)
    assert re.search(r"\d+ bytes total \(\d+ bytes free\)", listing)
    assert terminal.run("more flash:a.cfg") == "isi"
    digest = hashlib.md5(b"isi\n").hexdigest()
    assert terminal.run("verify /md5 flash:a.cfg").endswith(f"verify /md5 (flash:a.cfg) = {digest}")
    assert terminal.run("delete /force flash:a.cfg") == ""
    assert terminal.run("delete /force flash:a.cfg") == "%Error deleting flash:/a.cfg (No such file or directory)"
    assert terminal.run("more flash:a.cfg") == "%Error opening flash:a.cfg (No such file or directory)"
    assert "a.cfg" not in switch.files()


def test_scp_only_when_the_server_is_on(switch, dial):
    terminal = dial(switch)
    for line in ("configure terminal", "no ip scp server enable", "end"):
        terminal.run(line)
    assert "Administratively disabled." in dial(switch, shell=False).execute("scp -t flash:x")
    assert "Privilege denied." not in dial(switch, shell=False).execute("scp -f flash:x")


def test_facts(switch, l3switch, edge, dial):
    version = dial(switch).run("show version | include Version|uptime|Processor board|Model number")
    assert "Version 15.2(7)E8" in version
    assert "sw-dinkes uptime is" in version
    assert "WS-C2960X-24TS-L" in version
    assert "FOC2150Z1AB" in version
    assert "Cisco IOS XE Software, Version 17.3.5" in dial(l3switch).run("show version | include Version")
    assert "PID: CISCO2911/K9      , VID: V02  , SN: FGL2017105X" in dial(edge).run("show inventory")
    neighbours = dial(switch).run("show cdp neighbors detail | include Device ID|Port ID")
    assert "Device ID: sw-inti.contoh.go.id" in neighbours
    assert "System Name: ap-lt2" in dial(switch).run("show lldp neighbors detail | include System Name")
    assert dial(edge).run("show lldp neighbors detail") == "% LLDP is not enabled"


def test_show_ip_interface_brief_follows_the_configuration(edge, dial):
    terminal = dial(edge)
    line = terminal.run("show ip interface brief | include GigabitEthernet0/1")
    assert re.fullmatch(r"GigabitEthernet0/1 +10\.254\.0\.2 +YES NVRAM +up +up +", line)
    for command in ("configure terminal", "interface gi0/1", "shutdown", "end"):
        terminal.run(command)
    line = terminal.run("show ip interface brief | include GigabitEthernet0/1")
    assert "administratively down down" in line


def test_ping_and_telnet_follow_configuration_and_personality(edge, dial):
    terminal = dial(edge)
    shown = terminal.run("ping 10.10.0.11 repeat 3")
    assert shown.endswith("!!!\nSuccess rate is 100 percent (3/3), round-trip min/avg/max = 1/2/4 ms")
    for command in ("configure terminal", "interface gi0/1", "shutdown", "no ip route 0.0.0.0 0.0.0.0"):
        terminal.run(command)
    terminal.run("end")
    assert "Success rate is 0 percent (0/2)" in terminal.run("ping 198.51.100.10 repeat 2 timeout 0")
    assert terminal.run("ping tidak.ada") == "% Unrecognized host or address, or protocol not running."
    shown = terminal.run("telnet 10.99.0.1 444")
    assert shown == "Trying 10.99.0.1, 444 ... \n% Connection refused by remote host"
    terminal.send("telnet 10.99.0.1 443\n")
    terminal.expect(r"Trying 10\.99\.0\.1, 443 \.\.\. Open\r\n")
    terminal.send("\x1ex")
    terminal.expect("rt-batas#$")
    terminal.send("disconnect\n")
    terminal.expect(r"\[confirm\]")
    terminal.send("\n")
    terminal.expect("rt-batas#$")


def test_unknown_words_are_taken_for_hosts(switch, dial):
    terminal = dial(switch)
    assert terminal.run("shwo") == (
        'Translating "shwo"\n% Unknown command or computer name, or unable to find computer address'
    )
    column = len("sw-dinkes#") + 5
    assert terminal.run("show nonsense x") == " " * (column + 1) + "^\n% Invalid input detected at '^' marker.\n"


def test_banners_are_shown_with_caret_c(l3switch, dial):
    terminal = dial(l3switch)
    terminal.run("terminal length 0")
    assert "banner motd ^C\nMilik Pemerintah Kabupaten Contoh\n^C" in terminal.run(
        "show running-config | begin ^banner"
    )


def test_public_key_login(switch, dial):
    key = paramiko.RSAKey.generate(2048)
    terminal = dial(switch)
    terminal.run("configure terminal")
    terminal.run("ip ssh pubkey-chain")
    terminal.run("username admin")
    terminal.send("key-string\n")
    terminal.expect(r"\(conf-ssh-pubkey-data\)#$")
    text = key.get_base64()
    for start in range(0, len(text), 72):
        terminal.send(text[start : start + 72] + "\n")
        terminal.expect(r"pubkey-data\)#$")
    terminal.run("exit")
    terminal.run("end")
    digest = hashlib.md5(key.asbytes()).hexdigest().upper()
    assert f"   key-hash ssh-rsa {digest}" in switch.config()
    assert dial(switch, pkey=key).run("show privilege") == "Current privilege level is 15"
    with pytest.raises(paramiko.AuthenticationException):
        dial(switch, pkey=paramiko.RSAKey.generate(1024))


def test_new_accounts_can_log_in_and_removed_ones_cannot(switch, dial):
    terminal = dial(switch)
    for line in ("configure terminal", "username baru privilege 15 secret kata-sandi"):
        terminal.run(line)
    assert dial(switch, "baru", "kata-sandi").run("show privilege") == "Current privilege level is 15"
    terminal.send("no username baru\n")
    terminal.expect(r"\[confirm\]")
    terminal.send("\n")
    terminal.expect(r"\(config\)#$")
    with pytest.raises(paramiko.AuthenticationException):
        dial(switch, "baru", "kata-sandi")


def test_log_messages_go_to_monitoring_terminals(switch, dial):
    watching, working = dial(switch), dial(switch)
    watching.run("terminal monitor")
    working.run("configure terminal")
    working.run("end")
    shown = watching.expect("by admin on vty1 ")
    assert re.search(r"\*\w{3} [ \d]\d \d\d:\d\d:\d\d\.\d{3}: %SYS-5-CONFIG_I: Configured from console by admin", shown)
