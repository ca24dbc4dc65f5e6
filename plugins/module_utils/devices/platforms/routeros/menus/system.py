# SPDX-License-Identifier: GPL-3.0-or-later
"""System settings, logging, time and tools. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, SINGLETON, Menu

MENUS = (
    Menu(
        "/system/identity",
        SINGLETON,
        properties="""
        word=MikroTik : name
        """,
    ),
    Menu(
        "/system/clock",
        SINGLETON,
        properties="""
        bool=yes : time-zone-autodetect
        word : date time
        word=manual : time-zone-name
        word @<7.15 : gmt-offset
        """,
    ),
    Menu(
        "/system/clock/manual",
        SINGLETON,
        properties="""
        word="jan/01/1970 00:00:00" : dst-end dst-start
        word=+00:00 : time-zone
        word=00:00 : dst-delta
        """,
    ),
    Menu(
        "/system/ntp/client",
        SINGLETON,
        properties="""
        bool=no : enabled
        ip=0.0.0.0 @<7 : primary-ntp secondary-ntp
        list="" @<7 : server-dns-names
        enum(broadcast,manycast,multicast,unicast)=unicast @>=7 : mode
        list="" @>=7 : servers
        word=main @>=7 : vrf
        """,
    ),
    Menu(
        "/system/ntp/client/servers",
        ITEMS,
        keys=(("address",),),
        since="7",
        properties="""
        bool=no : disabled
        bool=yes : iburst
        text="" : comment
        word : address
        word=10 : max-poll
        word=6 : min-poll
        word=none : auth-key
        """,
    ),
    Menu(
        "/system/ntp/server",
        SINGLETON,
        properties="""
        bool=no : broadcast enabled manycast multicast use-local-clock
        word="" : broadcast-addresses
        word=5 : local-clock-stratum
        word=main : vrf
        word=none : auth-key
        """,
    ),
    Menu(
        "/system/logging/action",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disk-stop-on-full email-start-tls memory-stop-on-full
        bool=no @<7.18 : bsd-syslog
        bool=yes : remember
        bool @>=7.22 : add-topics-string
        enum(alert,auto,critical,debug,emergency,error,info,notice,warning)=auto : syslog-severity
        enum(auth, authpriv, cron, daemon, ftp, kern, local0, local1, local2, local3, local4, local5,
            local6, local7, lpr, mail, news, ntp, syslog, user, uucp)=daemon :
            syslog-facility
        enum(disk,echo,email,memory,remote,script) : target
        text="" : comment
        text @>=7.22 : script
        word : name
        word="" : email-to
        word=0.0.0.0 : remote src-address
        word=1000 : disk-lines-per-file memory-lines
        word=2 : disk-file-count
        word=514 : remote-port
        word=bsd-syslog : syslog-time-format
        word=default @>=7.18 : remote-log-format
        word=log : disk-file-name
        word=main @>=7.19.6 : vrf
        word=udp @>=7.18 : remote-protocol
        word @>=7.18 : cef-event-delimiter
        """,
    ),
    Menu(
        "/system/logging",
        ITEMS,
        keys=(("topics", "action"),),
        properties="""
        bool=no : disabled
        set=""! : topics
        text="" @>=7.22 : comment
        word="" : prefix
        word @>=7.17 : regex
        word=memory : action
        """,
    ),
    Menu(
        "/system/note",
        SINGLETON,
        properties="""
        bool=no @>=7.14 : show-at-cli-login
        bool=yes : show-at-login
        text="" : note
        """,
    ),
    Menu(
        "/system/script",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : dont-require-permissions
        text="" : comment source
        word : name owner
        policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon : policy
        """,
    ),
    Menu(
        "/system/scheduler",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        text="" : comment on-event
        time=0s : interval
        word : name start-date start-time
        policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon : policy
        """,
    ),
    Menu(
        "/system/watchdog",
        SINGLETON,
        properties="""
        bool=no : auto-send-supout
        bool=yes : automatic-supout watchdog-timer
        time=1m : ping-timeout
        time=5m : ping-start-after-boot
        word=none : send-email-from send-email-to send-smtp-server watch-address
        """,
    ),
    Menu(
        "/system/package/update",
        SINGLETON,
        properties="""
        enum(development,long-term,stable,testing)=stable : channel
        """,
    ),
    Menu(
        "/system/routerboard/settings",
        SINGLETON,
        properties="""
        bool=no : auto-upgrade force-backup-booter silent-boot
        bool=yes : enable-jumper-reset
        word :
            cpu-frequency cpu-mode disable-pci enter-setup-on etherboot-port gpio-function init-delay
            regulatory-domain-ce
        word=10m : reformat-hold-button-max
        word=115200 : baud-rate
        word=20s : reformat-hold-button
        word=2s : boot-delay
        word=any : preboot-etherboot-server
        word=bootp : boot-protocol
        word=disabled : preboot-etherboot protected-routerboot
        word=nand-if-fail-then-ethernet : boot-device
        word=router-os : boot-os
        word @<7.15 : memory-frequency
        word @>=7.22 : preferred-architecture
        """,
    ),
    Menu(
        "/tool/mac-server",
        SINGLETON,
        properties="""
        word : allowed-interface-list
        """,
    ),
    Menu(
        "/tool/mac-server/mac-winbox",
        SINGLETON,
        properties="""
        word : allowed-interface-list
        """,
    ),
    Menu(
        "/tool/mac-server/ping",
        SINGLETON,
        properties="""
        bool=yes : enabled
        """,
    ),
    Menu(
        "/tool/bandwidth-server",
        SINGLETON,
        properties="""
        bool=yes : authenticate enabled
        word=100 : max-sessions
        word=2000 : allocate-udp-ports-from
        word @>=7.18 : allowed-addresses4 allowed-addresses6
        """,
    ),
    Menu(
        "/tool/netwatch",
        ITEMS,
        properties="""
        bool=no : disabled
        bool=no? @>=7.16 : accept-icmp-time-exceeded
        bool? : check-certificate
        bool? @>=7.17 : ignore-initial-down ignore-initial-up
        bool? @>=7.20 : early-failure-detection early-success-detection
        enum(A,AAAA,MX,NS)? @>=7.16 : record-type
        enum(dns,http-get,https-get,icmp,simple,tcp-conn)=simple : type
        list? @>=7.16 : dns-server
        set? : port
        text="" : comment
        text? : down-script up-script
        time? :
            interval packet-interval start-delay startup-delay thr-avg thr-http-time thr-jitter thr-max thr-stdev
            thr-tcp-conn-time timeout
        word : host name
        word=255? @>=7.16 : ttl
        word? : certificate http-codes packet-count packet-size src-address test-script thr-loss-count thr-loss-percent
        """,
    ),
    Menu(
        "/tool/romon",
        SINGLETON,
        properties="""
        bool=no : enabled
        mac=00:00:00:00:00:00 : id
        word=""* : secrets
        """,
    ),
    Menu(
        "/tool/e-mail",
        SINGLETON,
        properties="""
        bool=no @<7.12 : start-tls tls
        bool=no @>=7.12 : tls
        bool=no @>=7.12 @<7.15 : start-tls
        set=25 @<7.12 : port
        set=25 @>=7.12 : port
        word=""* @<7.12 : password
        word=""* @>=7.12 : password
        word="" @<7.12 : user vfr
        word="" @>=7.12 : user
        word="" @>=7.12 @<7.15 : vfr
        word=0.0.0.0 @<7.12 : address
        word=0.0.0.0 @>=7.12 : server
        word=<> @<7.12 : from
        word=<> @>=7.12 : from
        word @>=7.12 : vrf
        word @>=7.21 : certificate-verification
        """,
    ),
    Menu(
        "/tool/sms",
        SINGLETON,
        properties="""
        bool=no : receive-enabled
        bool=no @<7.15 : auto-erase
        bool @>=7.16 : polling
        bool @>=7.20 : remove-sent-sms-after-send
        set=none : port
        word : sms-storage
        word="" : allowed-number sim-pin
        word=""* : secret
        word=0 : channel
        """,
    ),
    Menu(
        "/console/settings",
        SINGLETON,
        since="7",
        properties="""
        bool : sanitize-names
        bool @>=7.18 : log-script-errors
        word @>=7.20 : tab-width
        """,
    ),
)
