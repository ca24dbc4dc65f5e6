# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that a line of IOS may begin with, where abbreviations are usual. Data, from the command references."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: first words of the top level
TOP = _words("""
    aaa access-list alias archive arp authentication banner bfd boot bridge call-home card cdp class-map clock cns
    control-plane controller crypto cts default-value device-sensor device-tracking dot1x eap enable environment epm
    errdisable event exception fabric file flow global-address-family hostname hw-module identity interface ip ipv6 iox
    isis key kron l2 l2vpn lacp license line lldp logging login mac macro map-class memory mgcp mls monitor mpls
    multilink mvrp netconf netconf-yang network-clock nmsp no ntp object-group parameter-map parser password permanent
    platform policy-map port-channel power power-supply prefix-list privilege process pseudowire-class qos radius
    radius-server redundancy restconf rmon route-map route-tag router sampler scheduler security service
    service-template service-policy sip-ua snmp snmp-server spanning-tree stackwise-virtual standby subscriber switch
    system tacacs tacacs-server tag telemetry template test tftp-server time-range tls-tunnel track transceiver tunnel
    udld upgrade username vlan vpdn vpdn-group voice vrf vstack vtp wireless wlan xconnect zone zone-pair
""")

#: first words below a section, by its kind
BELOW: tuple[tuple[str, frozenset[str]], ...] = (
    (
        r"^interface ",
        _words("""
            access-session arp atm authentication auto autostate backup bandwidth bfd bridge-group carrier-delay cdp
            channel-group channel-protocol crypto cts delay description dialer dialer-group dot1q dot1x
            down-when-looped duplex encapsulation ethernet fair-queue flowcontrol full-duplex glbp half-duplex
            hold-queue ip ipv6 isis keepalive l2protocol l2protocol-tunnel lacp lldp load-interval logging mab mac
            mac-address macro macsec max-reserved-bandwidth mdix media-type mka mls mop mpls mtu negotiation nmsp no
            ntp ospfv3 peer physical-layer pim port-channel port-type power ppp pppoe pppoe-client priority-queue pvc
            qos queue-set rmon service service-policy shutdown snmp source spanning-tree speed srr-queue standby
            storm-control switchport tcam template trust tunnel tx-ring-limit udld umbrella vlan vrf vrrp vtp xconnect
            zone-member
        """),
    ),
    (
        r"^line ",
        _words("""
            absolute-timeout access-class accounting activation-character authorization autocommand autohangup
            autoselect databits default-value disconnect-character editing escape-character exec exec-banner
            exec-timeout flowcontrol full-help history insecure international ip ipv6 length location lockable logging
            login logout-warning modem monitor motd-banner no notify padding parity password privilege refuse-message
            rotary rxspeed session-limit session-timeout speed stopbits terminal-type timeout transport txspeed
            usb-inactivity-timeout vacant-message width
        """),
    ),
)

#: second words: section, first word, what may follow it
SECOND: tuple[tuple[str, str, frozenset[str]], ...] = (
    (
        r"^interface ",
        "ip",
        _words("""
            access-group accounting address admission arp authentication authorization bandwidth-percent bgp
            broadcast-address cef cgmp device dampening-change dampening-interval dhcp directed-broadcast dns eigrp
            flow forward-protocol hello-interval helper-address hold-time host igmp inspect ips irdp load-sharing
            local-proxy-arp mask-reply mroute-cache mtu multicast name-server nat nbar next-hop-self nhrp ospf pim
            policy portbundle probe proxy-arp rarp-server redirects redundancy rip route-cache router rsvp rtp security
            sla source split-horizon sticky-arp summary-address tcp traffic-export traffic-filter unnumbered
            unreachables urlfilter verify virtual-reassembly vrf wccp
        """),
    ),
    (
        r"^interface ",
        "switchport",
        _words("""
            access autostate backup block capture host mode monitor nonegotiate port-security priority private-vlan
            protected trunk vlan voice
        """),
    ),
    (r"^line ", "transport", _words("input output preferred")),
)
