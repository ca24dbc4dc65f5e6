# SPDX-License-Identifier: GPL-3.0-or-later
"""Queues. The form is told in `model`."""

from __future__ import annotations

from .model import FIXED, ITEMS, ORDERED, Menu

MENUS = (
    Menu(
        "/queue/type",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=yes : fq-codel-ecn
        bool? : cake-autorate-ingress cake-nat cake-wash codel-ecn
        enum(bfifo,cake,codel,fq-codel,mq-pfifo,none,pcq,pfifo,red,sfq) : kind
        rate=0 : pcq-burst-rate pcq-burst-threshold pcq-rate
        rate? : cake-bandwidth
        set(src-address,dst-address,src-port,dst-port)="" : pcq-classifier
        time="" : codel-ce-threshold fq-codel-ce-threshold
        time=100ms : cake-rtt codel-interval fq-codel-interval
        time=10s : pcq-burst-time
        time=5ms : codel-target fq-codel-target
        word : name
        word="" : cake-mpu cake-overhead-scheme
        word=0 : cake-memlimit cake-overhead
        word=10 : red-min-threshold
        word=1000 : codel-limit red-avg-packet
        word=1024 : fq-codel-flows
        word=10240 : fq-codel-limit
        word=128 : pcq-dst-address6-mask pcq-src-address6-mask
        word=15000 : bfifo-limit
        word=1514 : fq-codel-quantum sfq-allot
        word=20 : red-burst
        word=2000 : pcq-total-limit
        word=32 : pcq-dst-address-mask pcq-src-address-mask
        word=33554432 : fq-codel-memlimit
        word=5 : sfq-perturb
        word=50 : mq-pfifo-limit pcq-limit pfifo-limit red-max-threshold
        word=60 : red-limit
        word=diffserv3 : cake-diffserv
        word=none : cake-ack-filter cake-atm cake-rtt-scheme
        word=triple-isolate : cake-flowmode
        """,
    ),
    Menu(
        "/queue/tree",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        rate=0 : burst-limit burst-threshold limit-at max-limit
        text="" : comment
        time=0s : burst-time
        word : name parent
        word="" : packet-mark
        word=0.1 : bucket-size
        word=8 : priority
        word=default-small : queue
        """,
    ),
    Menu(
        "/queue/simple",
        ORDERED,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        prefix-set : target
        rate : total-burst-limit total-burst-threshold total-limit-at total-max-limit
        rate=0/0 : burst-limit burst-threshold limit-at max-limit
        set="" : packet-marks
        text="" : comment
        time : total-burst-time
        time=0s/0s : burst-time
        word : name total-bucket-size total-priority total-queue
        word="" : dst
        word=""! : time
        word=0.1/0.1 : bucket-size
        word=8/8 : priority
        word=default-small/default-small : queue
        word=none : parent
        """,
    ),
    Menu(
        "/queue/interface",
        FIXED,
        keys=(("interface",),),
        properties="""
        word : queue
        word @<7 : interface
        """,
    ),
)
