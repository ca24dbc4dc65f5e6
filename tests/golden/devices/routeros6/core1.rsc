# Dikelola Terpusat (peran core_switch). Ubah register, bukan perangkat ini.
/interface bonding
add name=bond1 slaves=ether1,ether6 mode=802.3ad lacp-rate=1sec transmit-hash-policy=layer-3-and-4 comment="terpusat:bond1 br1:ether2, br1:ether4"
add name=bond2 slaves=ether7,ether8 mode=802.3ad lacp-rate=1sec transmit-hash-policy=layer-3-and-4 comment="terpusat:bond2 switch kedua"
/system identity
set name=core1
/interface bridge
add name=lo0 protocol-mode=none comment="terpusat:lo0 alamat perangkat sendiri"
add name=br0 protocol-mode=rstp priority=0x1000 vlan-filtering=yes frame-types=admit-only-vlan-tagged comment="terpusat:br0 switch inti"
/interface vlan
add name=vlan10 interface=br0 vlan-id=10 comment="terpusat:vlan10 data_centre"
add name=vlan100 interface=br0 vlan-id=100 comment="terpusat:vlan100 br1"
add name=vlan101 interface=br0 vlan-id=101 comment="terpusat:vlan101 dinkes-kantor"
add name=vlan102 interface=br0 vlan-id=102 comment="terpusat:vlan102 disdik-kantor"
/ip address
add address=10.255.0.2/32 interface=lo0 comment=terpusat:lo0
add address=10.254.0.1/30 interface=vlan100 comment="terpusat:vlan100 br1:ether2"
add address=10.254.0.5/30 interface=vlan101 comment="terpusat:vlan101 rt-dinkes:ether1"
add address=10.254.0.9/30 interface=vlan102 comment="terpusat:vlan102 rt-disdik:ether1"
add address=10.10.0.1/24 interface=vlan10 comment="terpusat:vlan10 server pusat data"
/interface bridge port
add bridge=br0 interface=bond1 pvid=100 frame-types=admit-only-untagged-and-priority-tagged edge=yes bpdu-guard=yes comment="terpusat:bond1 br1:ether2, br1:ether4"
add bridge=br0 interface=ether2 pvid=101 frame-types=admit-only-untagged-and-priority-tagged edge=yes bpdu-guard=yes comment="terpusat:ether2 rt-dinkes:ether1"
add bridge=br0 interface=ether3 pvid=102 frame-types=admit-only-untagged-and-priority-tagged edge=yes bpdu-guard=yes comment="terpusat:ether3 rt-disdik:ether1"
add bridge=br0 interface=ether4 pvid=10 frame-types=admit-only-untagged-and-priority-tagged edge=yes bpdu-guard=yes comment="terpusat:ether4 srv1:eth1"
add bridge=br0 interface=ether5 pvid=10 frame-types=admit-only-untagged-and-priority-tagged edge=yes bpdu-guard=yes comment="terpusat:ether5 srv2:eth1"
add bridge=br0 interface=bond2 frame-types=admit-only-vlan-tagged restricted-role=yes comment="terpusat:bond2 switch kedua"
/interface bridge vlan
add bridge=br0 vlan-ids=10 tagged=br0,bond2 untagged=ether4,ether5 comment="terpusat:vlan10 data_centre"
add bridge=br0 vlan-ids=100 tagged=br0 untagged=bond1 comment="terpusat:vlan100 br1"
add bridge=br0 vlan-ids=101 tagged=br0 untagged=ether2 comment="terpusat:vlan101 dinkes-kantor"
add bridge=br0 vlan-ids=102 tagged=br0 untagged=ether3 comment="terpusat:vlan102 disdik-kantor"
/interface list
add name=terpusat-link comment=terpusat:terpusat-link
add name=terpusat-uplink comment=terpusat:terpusat-uplink
add name=terpusat-inside comment=terpusat:terpusat-inside
add name=terpusat-cctv-recorder-masuk comment=terpusat:terpusat-cctv-recorder-masuk
add name=terpusat-recorder-cctv-masuk comment=terpusat:terpusat-recorder-cctv-masuk
add name=terpusat-offices-internet-masuk comment=terpusat:terpusat-offices-internet-masuk
add name=terpusat-data-centre-time-masuk comment=terpusat:terpusat-data-centre-time-masuk
/interface list member
add list=terpusat-link interface=vlan100 comment=terpusat:terpusat-link/vlan100
add list=terpusat-link interface=vlan101 comment=terpusat:terpusat-link/vlan101
add list=terpusat-link interface=vlan102 comment=terpusat:terpusat-link/vlan102
add list=terpusat-inside interface=vlan100 comment=terpusat:terpusat-inside/vlan100
add list=terpusat-inside interface=vlan101 comment=terpusat:terpusat-inside/vlan101
add list=terpusat-inside interface=vlan102 comment=terpusat:terpusat-inside/vlan102
add list=terpusat-inside interface=vlan10 comment=terpusat:terpusat-inside/vlan10
add list=terpusat-cctv-recorder-masuk interface=vlan100 comment=terpusat:terpusat-cctv-recorder-masuk/vlan100
add list=terpusat-cctv-recorder-masuk interface=vlan101 comment=terpusat:terpusat-cctv-recorder-masuk/vlan101
add list=terpusat-cctv-recorder-masuk interface=vlan102 comment=terpusat:terpusat-cctv-recorder-masuk/vlan102
add list=terpusat-recorder-cctv-masuk interface=vlan10 comment=terpusat:terpusat-recorder-cctv-masuk/vlan10
add list=terpusat-recorder-cctv-masuk interface=vlan100 comment=terpusat:terpusat-recorder-cctv-masuk/vlan100
add list=terpusat-recorder-cctv-masuk interface=vlan101 comment=terpusat:terpusat-recorder-cctv-masuk/vlan101
add list=terpusat-recorder-cctv-masuk interface=vlan102 comment=terpusat:terpusat-recorder-cctv-masuk/vlan102
add list=terpusat-offices-internet-masuk interface=vlan101 comment=terpusat:terpusat-offices-internet-masuk/vlan101
add list=terpusat-offices-internet-masuk interface=vlan102 comment=terpusat:terpusat-offices-internet-masuk/vlan102
add list=terpusat-data-centre-time-masuk interface=vlan10 comment=terpusat:terpusat-data-centre-time-masuk/vlan10
add list=terpusat-data-centre-time-masuk interface=vlan101 comment=terpusat:terpusat-data-centre-time-masuk/vlan101
add list=terpusat-data-centre-time-masuk interface=vlan102 comment=terpusat:terpusat-data-centre-time-masuk/vlan102
/ip firewall address-list
add list=terpusat-management address=10.99.0.1/32 comment=terpusat:management/10.99.0.1/32
add list=terpusat-own address=10.10.0.0/24 comment=terpusat:own/10.10.0.0/24
add list=terpusat-own address=10.20.0.0/23 comment=terpusat:own/10.20.0.0/23
add list=terpusat-own address=10.20.2.0/24 comment=terpusat:own/10.20.2.0/24
add list=terpusat-own address=10.20.254.0/24 comment=terpusat:own/10.20.254.0/24
add list=terpusat-own address=10.20.255.192/26 comment=terpusat:own/10.20.255.192/26
add list=terpusat-own address=10.99.0.1/32 comment=terpusat:own/10.99.0.1/32
add list=terpusat-own address=10.254.0.0/24 comment=terpusat:own/10.254.0.0/24
add list=terpusat-own address=10.255.0.0/24 comment=terpusat:own/10.255.0.0/24
add list=terpusat-zone-data_centre address=10.10.0.0/24 comment=terpusat:zone-data_centre/10.10.0.0/24
add list=terpusat-zone-transit address=10.254.0.0/24 comment=terpusat:zone-transit/10.254.0.0/24
add list=terpusat-zone-loopback address=10.255.0.0/24 comment=terpusat:zone-loopback/10.255.0.0/24
add list=terpusat-wifi-inside-tujuan address=10.10.0.0/24 comment=terpusat:wifi-inside-tujuan/10.10.0.0/24
add list=terpusat-wifi-inside-tujuan address=10.20.0.0/16 comment=terpusat:wifi-inside-tujuan/10.20.0.0/16
add list=terpusat-wifi-inside-tujuan address=10.99.0.0/24 comment=terpusat:wifi-inside-tujuan/10.99.0.0/24
add list=terpusat-wifi-inside-tujuan address=10.254.0.0/24 comment=terpusat:wifi-inside-tujuan/10.254.0.0/24
add list=terpusat-wifi-inside-tujuan address=10.255.0.0/24 comment=terpusat:wifi-inside-tujuan/10.255.0.0/24
add list=terpusat-offices-offices-asal address=10.20.0.0/23 comment=terpusat:offices-offices-asal/10.20.0.0/23
add list=terpusat-offices-offices-asal address=10.20.2.0/24 comment=terpusat:offices-offices-asal/10.20.2.0/24
add list=terpusat-offices-devices-tujuan address=10.254.0.0/24 comment=terpusat:offices-devices-tujuan/10.254.0.0/24
add list=terpusat-offices-devices-tujuan address=10.255.0.0/24 comment=terpusat:offices-devices-tujuan/10.255.0.0/24
/ip service
set telnet disabled=yes
set ftp disabled=yes
set www disabled=yes
set www-ssl disabled=yes
set api disabled=yes
set api-ssl disabled=yes
set winbox disabled=yes
set ssh disabled=no address=10.99.0.1/32
/ip ssh
set strong-crypto=yes forwarding-enabled=no
/tool mac-server
set allowed-interface-list=none
/tool mac-server mac-winbox
set allowed-interface-list=none
/tool mac-server ping
set enabled=no
/tool bandwidth-server
set enabled=no
/tool romon
set enabled=no
/ip proxy
set enabled=no
/ip socks
set enabled=no
/ip upnp
set enabled=no
/ip smb
set enabled=no
/ip cloud
set update-time=no
/ip neighbor discovery-settings
set discover-interface-list=terpusat-link
/ip settings
set ip-forward=yes rp-filter=loose accept-redirects=no send-redirects=no accept-source-route=no tcp-syncookies=yes
/user group
add name=terpusat-baca policy=local,ssh,read,test,winbox,web
/user
add name=bowo group=terpusat-baca comment="terpusat:akun-bowo Bowo Santoso"
add name=ratna group=full password=kata-sandi-rd-77 comment="terpusat:akun-ratna Ratna Dewi"
add name=tono group=full comment=terpusat:akun-tono
/user ssh-keys
/system clock
set time-zone-autodetect=no time-zone-name=Asia/Jakarta
/system ntp client
set enabled=yes primary-ntp=198.51.100.123 secondary-ntp=0.0.0.0
/system logging action
add name=terpusat1 target=remote remote=10.10.0.12 src-address=10.255.0.2 syslog-facility=local7
/system logging
add action=terpusat1 topics=critical
add action=terpusat1 topics=error
add action=terpusat1 topics=warning
add action=terpusat1 topics=info
/snmp community
set [find default=yes] disabled=yes
add name=pantau security=private authentication-protocol=SHA1 authentication-password=sandi-snmp-auth-uji encryption-protocol=AES encryption-password=sandi-snmp-priv-uji addresses=10.10.0.12/32 read-access=yes write-access=no comment=terpusat:snmp
/snmp
set enabled=yes location=kominfo/dc
/routing ospf instance
add name=terpusat router-id=10.255.0.2 comment=terpusat:ospf
/routing ospf area
add name=terpusat-0.0.0.0 area-id=0.0.0.0 instance=terpusat comment=terpusat:area-0.0.0.0
/routing ospf interface
add interface=vlan100 network-type=point-to-point hello-interval=5s dead-interval=20s authentication=md5 authentication-key-id=1 authentication-key=kunci-ospf-uji comment=terpusat:vlan100
add interface=vlan101 network-type=point-to-point hello-interval=5s dead-interval=20s authentication=md5 authentication-key-id=1 authentication-key=kunci-ospf-uji comment=terpusat:vlan101
add interface=vlan102 network-type=point-to-point hello-interval=5s dead-interval=20s authentication=md5 authentication-key-id=1 authentication-key=kunci-ospf-uji comment=terpusat:vlan102
add interface=vlan10 passive=yes comment=terpusat:vlan10
add interface=lo0 passive=yes comment=terpusat:lo
/routing ospf network
add network=10.254.0.0/30 area=terpusat-0.0.0.0 comment=terpusat:vlan100
add network=10.254.0.4/30 area=terpusat-0.0.0.0 comment=terpusat:vlan101
add network=10.254.0.8/30 area=terpusat-0.0.0.0 comment=terpusat:vlan102
add network=10.10.0.0/24 area=terpusat-0.0.0.0 comment=terpusat:vlan10
add network=10.255.0.2/32 area=terpusat-0.0.0.0 comment=terpusat:lo
/ip firewall raw
add chain=prerouting action=drop in-interface=!ether16 dst-address=10.99.0.12 comment="terpusat:management alamat kelola hanya lewat port kelola"
add chain=prerouting action=drop in-interface=vlan10 src-address=!10.10.0.0/24 comment="terpusat:vlan10-asing alamat asal palsu"
add chain=prerouting action=drop in-interface=!vlan10 src-address=10.10.0.0/24 comment="terpusat:vlan10-tiruan mengaku dari sini"
/ip firewall filter
add chain=input action=accept connection-state=established,related comment=terpusat:input/established
add chain=input action=drop connection-state=invalid comment=terpusat:input/invalid
add chain=input action=accept src-address=127.0.0.1 dst-address=127.0.0.1 comment=terpusat:input/loopback
add chain=input action=accept in-interface=ether16 src-address-list=terpusat-management protocol=tcp dst-port=22 comment=terpusat:input/management/ssh/tcp
add chain=input action=accept in-interface=ether16 src-address-list=terpusat-management protocol=icmp icmp-options=8:0 comment=terpusat:input/management/ping
add chain=input action=drop in-interface=ether16 comment=terpusat:input/management
add chain=input action=accept in-interface=vlan100 src-address=10.254.0.0/24 protocol=ospf comment=terpusat:input/ospf/vlan100
add chain=input action=accept in-interface=vlan101 src-address=10.254.0.0/24 protocol=ospf comment=terpusat:input/ospf/vlan101
add chain=input action=accept in-interface=vlan102 src-address=10.254.0.0/24 protocol=ospf comment=terpusat:input/ospf/vlan102
add chain=input action=accept in-interface=vlan10 src-address=10.10.0.0/24 dst-address=10.10.0.1 protocol=udp dst-port=161 comment=terpusat:input/snmp/udp/data_centre/10.10.0.1
add chain=input action=accept in-interface=vlan10 src-address=10.10.0.0/24 dst-address=10.10.0.1 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/data_centre/10.10.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.255.0.2 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.255.0.2
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.254.0.1 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.254.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.254.0.5 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.254.0.5
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.254.0.9 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.254.0.9
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.255.0.2 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.255.0.2
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.254.0.1 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.254.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.254.0.5 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.254.0.5
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.254.0.9 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.254.0.9
add chain=input action=log limit=6/1m,12:packet log-prefix="terpusat masuk" comment=terpusat:input/log
add chain=input action=drop comment=terpusat:input/lain
add chain=forward action=drop in-interface=ether16 comment=terpusat:forward/management-in
add chain=forward action=drop out-interface=ether16 comment=terpusat:forward/management-out
add chain=forward action=accept connection-state=established,related comment=terpusat:forward/established
add chain=forward action=drop connection-state=invalid comment=terpusat:forward/invalid
add chain=forward action=accept in-interface-list=terpusat-cctv-recorder-masuk src-address=10.20.255.192/26 dst-address=10.10.0.12/32 comment=terpusat:forward/cctv-recorder
add chain=forward action=accept in-interface-list=terpusat-recorder-cctv-masuk src-address=10.10.0.12/32 dst-address=10.20.255.192/26 comment=terpusat:forward/recorder-cctv
add chain=forward action=drop src-address=10.20.255.192/26 comment=terpusat:forward/cctv-elsewhere
add chain=forward action=drop src-address=10.20.254.0/24 dst-address-list=terpusat-wifi-inside-tujuan comment=terpusat:forward/wifi-inside
add chain=forward action=drop src-address-list=terpusat-offices-offices-asal dst-address=10.20.0.0/16 comment=terpusat:forward/offices-offices
add chain=forward action=drop src-address-list=terpusat-offices-offices-asal dst-address=10.99.0.0/24 comment=terpusat:forward/offices-management
add chain=forward action=drop src-address-list=terpusat-offices-offices-asal dst-address-list=terpusat-offices-devices-tujuan comment=terpusat:forward/offices-devices
add chain=forward action=accept in-interface-list=terpusat-cctv-recorder-masuk out-interface=vlan10 src-address-list=terpusat-offices-offices-asal dst-address=10.10.0.11/32 protocol=tcp dst-port=80 comment=terpusat:forward/offices-simpus
add chain=forward action=accept in-interface-list=terpusat-cctv-recorder-masuk out-interface=vlan10 src-address-list=terpusat-offices-offices-asal dst-address=10.10.0.12/32 protocol=tcp dst-port=80 comment=terpusat:forward/offices-portal
add chain=forward action=accept in-interface-list=terpusat-offices-internet-masuk out-interface=vlan100 src-address-list=terpusat-offices-offices-asal comment=terpusat:forward/offices-internet
add chain=forward action=accept in-interface-list=terpusat-offices-internet-masuk out-interface=vlan100 src-address=10.20.254.0/24 comment=terpusat:forward/wifi-internet
add chain=forward action=accept in-interface-list=terpusat-offices-internet-masuk out-interface=vlan100 src-address-list=terpusat-offices-devices-tujuan dst-address=10.255.0.1/32 protocol=udp dst-port=53 comment=terpusat:forward/devices-dns-udp
add chain=forward action=accept in-interface=vlan10 out-interface=vlan100 src-address=10.10.0.0/24 dst-address=10.255.0.1/32 protocol=udp dst-port=53 comment=terpusat:forward/data-centre-dns-udp
add chain=forward action=accept in-interface-list=terpusat-offices-internet-masuk out-interface=vlan100 src-address-list=terpusat-offices-devices-tujuan dst-address=10.255.0.1/32 protocol=tcp dst-port=53 comment=terpusat:forward/devices-dns-tcp
add chain=forward action=accept in-interface=vlan10 out-interface=vlan100 src-address=10.10.0.0/24 dst-address=10.255.0.1/32 protocol=tcp dst-port=53 comment=terpusat:forward/data-centre-dns-tcp
add chain=forward action=accept in-interface-list=terpusat-data-centre-time-masuk out-interface=vlan100 src-address=10.10.0.0/24 dst-address=198.51.100.123/32 protocol=udp dst-port=123 comment=terpusat:forward/data-centre-time
add chain=forward action=accept in-interface-list=terpusat-data-centre-time-masuk out-interface=vlan100 src-address-list=terpusat-offices-devices-tujuan dst-address=198.51.100.123/32 protocol=udp dst-port=123 comment=terpusat:forward/devices-time
add chain=forward action=accept src-address-list=terpusat-offices-devices-tujuan dst-address-list=terpusat-offices-devices-tujuan protocol=icmp icmp-options=8:0 comment=terpusat:forward/devices-ping
add chain=forward action=accept out-interface=vlan10 src-address-list=terpusat-offices-devices-tujuan dst-address=10.10.0.12/32 protocol=udp dst-port=514 comment=terpusat:forward/devices-log
add chain=forward action=accept in-interface=vlan10 src-address=10.10.0.12/32 dst-address-list=terpusat-offices-devices-tujuan protocol=udp dst-port=161 comment=terpusat:forward/monitoring-devices
add chain=forward action=log limit=6/1m,12:packet log-prefix="terpusat terus" comment=terpusat:forward/log
add chain=forward action=reject reject-with=icmp-admin-prohibited in-interface-list=terpusat-inside comment=terpusat:forward/inside
add chain=forward action=drop comment=terpusat:forward/lain
