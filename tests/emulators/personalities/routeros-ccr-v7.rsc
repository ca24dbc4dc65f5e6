/interface bridge
add comment=loopback name=lo0 protocol-mode=none
/interface ethernet
set [ find default-name=ether1 ] comment="isp-a PT Penyedia Rekaan A"
set [ find default-name=ether2 ] comment=core1:ether1
/interface vlan
add comment="manajemen titik akses" interface=ether2 name=vlan30 vlan-id=30
/interface list
add name=WAN
/queue type
add kind=pcq name=unduh pcq-classifier=dst-address
/queue tree
add max-limit=200M name=unduh parent=ether2 queue=default
add limit-at=20M max-limit=20M name=dinkes packet-mark=dinkes parent=unduh queue=unduh
/routing bgp instance
add as=64512 name=utama router-id=10.255.0.1
/routing ospf instance
add disabled=no name=utama originate-default=if-installed redistribute=connected router-id=10.255.0.1
/routing ospf area
add disabled=no instance=utama name=backbone
/snmp community
set [ find default=yes ] addresses=10.99.0.0/24 name=kominfo-baca
/interface list member
add interface=ether1 list=WAN
/ip address
add address=203.0.113.2/30 interface=ether1 network=203.0.113.0
add address=10.254.0.2/30 interface=ether2 network=10.254.0.0
add address=10.255.0.1/32 interface=lo0 network=10.255.0.1
add address=10.99.0.11/24 interface=ether16 network=10.99.0.0
/ip dns
set allow-remote-requests=yes servers=198.51.100.53
/ip firewall address-list
add address=10.20.0.0/16 list=kantor
add address=10.99.0.0/24 list=pengelola
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input connection-state=invalid
add action=accept chain=input dst-port=22 protocol=tcp src-address-list=pengelola
add action=accept chain=input in-interface=ether2 protocol=ospf
add action=accept chain=input dst-port=179 protocol=tcp src-address=203.0.113.1
add action=drop chain=input
add action=fasttrack-connection chain=forward connection-state=established,related
add action=accept chain=forward connection-state=established,related
add action=drop chain=forward connection-nat-state=!dstnat in-interface-list=WAN
/ip firewall mangle
add action=mark-packet chain=forward dst-address=10.20.0.0/24 new-packet-mark=dinkes out-interface=ether2 passthrough=no
/ip firewall nat
add action=src-nat chain=srcnat out-interface=ether1 src-address-list=kantor to-addresses=203.0.113.2
/ip route
add dst-address=0.0.0.0/0 gateway=203.0.113.1
/ip service
set ftp disabled=yes
set telnet disabled=yes
set api disabled=yes
/radius
add address=10.10.0.20 secret=rahasia-radius service=ppp,login
/routing bgp connection
add instance=utama local.address=203.0.113.2 .role=ebgp name=isp-a remote.address=203.0.113.1/32 .as=64500 tcp-md5-key=rahasia-bgp
/routing filter rule
add chain=dari-isp disabled=no rule="if (dst in 10.0.0.0/8) { reject; }"
/routing ospf interface-template
add area=backbone disabled=no interfaces=ether2 type=ptp
add area=backbone disabled=no interfaces=lo0 passive
/snmp
set contact="Dinas Kominfo" enabled=yes location="Ruang server"
/system clock
set time-zone-name=Asia/Jakarta
/system identity
set name=br1
/system ntp client
set enabled=yes
/system ntp client servers
add address=198.51.100.123
